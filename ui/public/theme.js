// Runs before the first paint so that a chosen theme never flashes; a file because inline scripts are forbidden.
const chosen = localStorage.getItem("acm2.theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
