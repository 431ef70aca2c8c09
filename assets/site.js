// The page works without this: it adds the theme switch, the mark of the current page, and the search.
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

  // Wide tables scroll inside their own box, which the keyboard can reach.
  document.querySelectorAll("main table").forEach(function (table) {
    var box = document.createElement("div");
    box.className = "scroll";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    var caption = table.querySelector("caption");
    box.setAttribute("aria-label", caption ? caption.textContent : "表格");
    table.replaceWith(box);
    box.append(table);
  });

  // Search: fetched only on its page, from this site.
  // A post may hold anything by that name.
  var search = document.getElementById("search");
  if (!search || !document.body.classList.contains("search")) return;
  if (location.protocol === "file:") {
    document.getElementById("search-note").textContent =
      "直接開啟檔案時瀏覽器不允許讀取搜尋索引；請執行 digest preview，再從它顯示的網址開啟。";
    return;
  }
  var part = document.createElement("script");
  part.type = "module";
  part.src = new URL("assets/search.js", root);
  document.head.append(part);
})();
