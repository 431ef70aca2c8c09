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

  // What Pagefind's interface leaves out: a name for the input, filters that begin closed, and a count that
  // is announced. It builds its parts anew as it likes.
  function tend() {
    var count = document.getElementById("search-count");
    var closed = false;
    function look() {
      var input = search.querySelector("input.pagefind-ui__search-input");
      if (input && !input.hasAttribute("aria-label")) input.setAttribute("aria-label", "搜尋本站");
      var filter = search.querySelector("details.pagefind-ui__filter-block");
      if (filter && !closed) {
        closed = true;
        filter.open = false;
      }
      var message = search.querySelector(".pagefind-ui__message");
      var text = message ? message.textContent.trim() : "";
      if (count.textContent !== text) count.textContent = text;
    }
    new MutationObserver(look).observe(search, { childList: true, subtree: true, characterData: true });
    look();
  }

  // Search: the index is fetched in small parts, only on this page, from this site.
  // A post may hold anything by that name.
  var search = document.getElementById("search");
  if (!search || !document.body.classList.contains("search")) return;
  if (location.protocol === "file:") {
    document.getElementById("search-note").textContent =
      "直接開啟檔案時瀏覽器不允許讀取搜尋索引；請執行 digest preview，再從它顯示的網址開啟。";
    return;
  }
  var style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("pagefind/pagefind-ui.css", root);
  document.head.append(style);
  var ui = document.createElement("script");
  ui.src = new URL("pagefind/pagefind-ui.js", root);
  ui.onload = function () {
    document.getElementById("search-note").remove();
    var box = new PagefindUI({
      element: "#search",
      bundlePath: new URL("pagefind/", root).href,
      baseUrl: root.href,
      showSubResults: true,
      showImages: false,
      showEmptyFilters: false,
      excerptLength: 60,
      sort: { date: "desc" },
      translations: {
        placeholder: "輸入關鍵字，例如：開源模型",
        clear_search: "清除",
        load_more: "載入更多結果",
        search_label: "搜尋本站",
        filters_label: "篩選",
        zero_results: "找不到「[SEARCH_TERM]」的結果",
        many_results: "「[SEARCH_TERM]」共有 [COUNT] 筆結果",
        one_result: "「[SEARCH_TERM]」共有 1 筆結果",
        alt_search: "找不到「[SEARCH_TERM]」，改為顯示「[DIFFERENT_TERM]」的結果",
        search_suggestion: "找不到「[SEARCH_TERM]」，可以試試：",
        searching: "正在搜尋「[SEARCH_TERM]」…"
      }
    });
    var asked = new URLSearchParams(location.search).get("q");
    if (asked) box.triggerSearch(asked);
    tend();
  };
  ui.onerror = function () {
    document.getElementById("search-note").textContent = "這個網站還沒有搜尋索引。";
  };
  document.head.append(ui);
})();
