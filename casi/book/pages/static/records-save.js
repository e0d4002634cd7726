// Hands out rows as CSV or as a workbook, in which every cell is text.
(() => {
  const here = document.currentScript.src;

  const load = (file) =>
    new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: file, onload: resolve, onerror: reject });
      document.head.append(script);
    });

  // What begins like a formula is led by an apostrophe, as in the file of all rows.
  const quoted = (cell) => `"${String(cell).replace(/^\s*[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
  const csv = (table) => `\ufeff${table.map((row) => row.map(quoted).join(",")).join("\r\n")}`;

  const escaped = (cell) =>
    String(cell).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const OFFICE = "http://schemas.openxmlformats.org";
  const RELATION = `${OFFICE}/officeDocument/2006/relationships`;
  const relation = (target, kind) =>
    `${XML}<Relationships xmlns="${OFFICE}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/${kind}" Target="${target}"/></Relationships>`;
  const kindOf = (part, type) => `<Override PartName="${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;

  // The files of a workbook of one sheet; cells are inline strings, which no program computes.
  function parts(table) {
    const cells = (row) => row.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join("");
    const rows = table.map((row) => `<row>${cells(row)}</row>`).join("");
    const main = `xmlns="${OFFICE}/spreadsheetml/2006/main"`;
    return {
      "[Content_Types].xml": `${XML}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${kindOf("/xl/workbook.xml", "sheet.main")}${kindOf("/xl/worksheets/sheet1.xml", "worksheet")}</Types>`,
      "_rels/.rels": relation("xl/workbook.xml", "officeDocument"),
      "xl/workbook.xml": `${XML}<workbook ${main} xmlns:r="${RELATION}"><sheets><sheet name="Rows" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": relation("worksheets/sheet1.xml", "worksheet"),
      "xl/worksheets/sheet1.xml": `${XML}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
    };
  }

  async function xlsx(table) {
    if (!window.fflate) await load(new URL("fflate.js", here));
    const files = Object.entries(parts(table)).map(([name, text]) => [name, window.fflate.strToU8(text)]);
    return window.fflate.zipSync(Object.fromEntries(files));
  }

  // Gives the reader a file.
  function hand(content, name, type) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  window.casiSave = {
    load,
    csv: (table, name) => hand(csv(table), `${name}.csv`, "text/csv"),
    xlsx: async (table, name) =>
      hand(await xlsx(table), `${name}.xlsx`, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
  };
})();
