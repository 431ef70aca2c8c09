// Before the page is painted: the reader's own choice of light or dark, if there is one.
(function () {
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) { /* storage is switched off: the system's choice counts */ }
})();
