// The page works without this: it adds the theme switch, the mark of the current page, what a citation leads
// to, and the search.
(function () {
  "use strict";
  var script = document.currentScript;
  var root = new URL("..", script.src);

  // Light and dark.
  var button = document.querySelector("button.theme");
  var html = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  function isDark() {
    return html.dataset.theme ? html.dataset.theme === "dark" : system.matches;
  }
  function show() {
    button.textContent = isDark() ? "淺色" : "深色";
    button.setAttribute("aria-label", isDark() ? "改用淺色版面" : "改用深色版面");
  }
  if (button) {
    button.hidden = false;
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", function () {
      html.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", html.dataset.theme); } catch (error) { /* not kept */ }
      show();
    });
  }

  // Where we are.
  var here = new URL(location.href.replace(/\/(\?.*|#.*)?$/, "/index.html"));
  document.querySelectorAll(".site-nav a").forEach(function (link) {
    if (new URL(link.href).pathname === here.pathname) link.setAttribute("aria-current", "page");
  });

  // A citation shows its source: on hover, on focus, and on the first tap. All of it stands in the list of
  // sources, too, where the link leads.
  var tip = null, shownFor = null, leaving = 0;
  function close() {
    if (!tip) return;
    if (tip.contains(document.activeElement)) shownFor.focus({ preventScroll: true });
    tip.remove();
    tip = shownFor = null;
  }
  function line(name, kind, text, href) {
    var node = document.createElement(name);
    if (kind) node.className = kind;
    if (href) node.href = href;
    node.append(text);
    return node;
  }
  function open(cite) {
    if (shownFor === cite) return;
    close();
    var source = document.getElementById(cite.hash.slice(1));
    if (!source || !source.matches(".sources > li")) return;
    var title = source.querySelector("a[rel]") || source.querySelector("span");
    var by = source.querySelector(".source-by");
    var quoted = document.getElementById(cite.getAttribute("aria-describedby") || "");
    tip = line("span", "tip", "");
    tip.setAttribute("role", "group");
    tip.setAttribute("aria-label", cite.getAttribute("aria-label") || "來源");
    tip.append(title.cloneNode(true));
    tip.append(line("span", "tip-by", by ? by.textContent.replace("↩", "").trim() : ""));
    if (quoted) tip.append(quoted.firstElementChild.cloneNode(true));
    var more = line("span", "tip-more", line("a", "", "看來源列表", cite.hash));
    var report = document.querySelector("a.report");
    var sentence = cite.closest(".sentence");
    if (report && sentence) more.append(line("a", "", "回報這句", reportOf(report.href, sentence)));
    tip.append(more);
    cite.after(tip); // where the keyboard comes next
    shownFor = cite;
    var at = cite.getBoundingClientRect(), box = tip.getBoundingClientRect();
    var wide = document.documentElement.clientWidth;
    tip.style.left = Math.max(16, Math.min(at.left + scrollX, wide - box.width - 16)) + "px";
    var above = at.top > box.height + 12;
    tip.style.top = (above ? at.top - box.height - 4 : at.bottom + 4) + scrollY + "px";
    tip.addEventListener("mouseenter", function () { clearTimeout(leaving); });
    tip.addEventListener("mouseleave", later);
    tip.addEventListener("focusout", away);
  }
  function later() {
    clearTimeout(leaving);
    leaving = setTimeout(close, 250);
  }
  function away(event) {
    var to = event.relatedTarget;
    if (tip && to !== shownFor && !tip.contains(to) && !tip.matches(":hover")) close();
  }
  function reportOf(address, sentence) {
    var copy = sentence.cloneNode(true);
    copy.querySelectorAll(".cites, .mark").forEach(function (node) { node.remove(); });
    var at = address.indexOf("?");
    var values = new URLSearchParams(address.slice(at + 1));
    values.set("body", (values.get("body") || "").replace("句子：", "句子：" + copy.textContent.trim()));
    return address.slice(0, at + 1) + values.toString().replace(/\+/g, "%20");
  }
  document.querySelectorAll("main .cites a").forEach(function (cite) {
    var touched = false;
    cite.addEventListener("pointerenter", function (event) {
      clearTimeout(leaving);
      if (event.pointerType === "mouse") open(cite);
    });
    cite.addEventListener("pointerleave", function (event) { if (event.pointerType === "mouse") later(); });
    cite.addEventListener("pointerdown", function (event) {
      touched = event.pointerType !== "mouse" && shownFor !== cite;
    });
    cite.addEventListener("focus", function () { open(cite); });
    cite.addEventListener("blur", away);
    cite.addEventListener("click", function (event) {
      if (touched) {
        event.preventDefault();
        open(cite);
      } else close();
      touched = false;
    });
  });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
  document.addEventListener("pointerdown", function (event) {
    if (tip && !tip.contains(event.target) && !event.target.closest(".cites a")) close();
  });

  // What a link leads to is shown, also where it is folded away.
  function unfold(hash) {
    var target = hash.length > 1 && document.getElementById(hash.slice(1));
    if (target && target.matches("details")) target.open = true;
  }
  document.querySelectorAll('main a[href^="#"]').forEach(function (link) {
    link.addEventListener("click", function () { unfold(link.hash); });
  });
  addEventListener("hashchange", function () { unfold(location.hash); });
  unfold(location.hash);

  // What only one page needs is fetched there, from this site.
  function fetchPart(name) {
    var part = document.createElement("script");
    part.type = "module";
    part.src = new URL("assets/" + name, root);
    document.head.append(part);
  }
  var disk = location.protocol === "file:"; // where browsers let a page read no other file
  if (document.body.classList.contains("trends") && !disk) fetchPart("trends.js");

  // A post may hold anything by that name.
  var search = document.getElementById("search");
  if (!search || !document.body.classList.contains("search")) return;
  if (disk) {
    document.getElementById("search-note").textContent =
      "直接開啟檔案時瀏覽器不允許讀取搜尋索引；請執行 digest preview，再從它顯示的網址開啟。";
    return;
  }
  fetchPart("search.js");
})();
