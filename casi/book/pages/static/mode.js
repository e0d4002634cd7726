// Light or dark, as the reader chose, before the page is painted.
{
  const { dataset } = document.documentElement;
  const otherwise = document.currentScript.dataset.default;
  dataset.mode = localStorage.getItem("mode") || otherwise;
  dataset.theme = localStorage.getItem("theme") || otherwise;
}
