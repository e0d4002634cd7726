// Draws the charts of a page from the figures stored in it, in the colours of the page's theme.
(() => {
  const config = { responsive: true, displaylogo: false, showSendToCloud: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"] };
  const charts = () => document.querySelectorAll(".casi-chart");
  const ink = () => getComputedStyle(document.body).color;

  function draw(chart) {
    const { data, layout } = JSON.parse(chart.querySelector("script").textContent);
    layout.font = { ...layout.font, color: ink() };
    Plotly.newPlot(chart, data, layout, config);
  }

  charts().forEach(draw);
  new MutationObserver(() =>
    charts().forEach((chart) => Plotly.relayout(chart, { "font.color": ink() }))
  ).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
})();
