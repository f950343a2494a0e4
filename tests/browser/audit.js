// What of WCAG 2.2 AA a machine can see on a page: contrast, names, sizes of targets, language, no sideways scrolling.
// Returns a list of findings; called with {target: smallest side of a target in px, base: smallest type in px}.

({ target, base }) => {
  const findings = [];
  const say = (what, node) => findings.push(`${what}: <${node.tagName.toLowerCase()} id=${node.id}> "${node.textContent.trim().slice(0, 40)}"`);
  const visible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !node.closest(".vh, svg");

  const rgba = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const background = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.a > 0.99) return colour;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const contrast = (node) => {
    const [light, dark] = [luminance(rgba(getComputedStyle(node).color)), luminance(background(node))].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(node) || node.closest(":disabled, datalist, script")) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast(node) < (large ? 3 : 4.5)) say(`contrast ${contrast(node).toFixed(2)}`, node);
    if (size < base - 0.1 && !node.closest("kbd")) say(`type of ${size} px`, node);
  }

  const labelled = (node) =>
    node.getAttribute("aria-label") || node.labels?.length || (node.tagName === "BUTTON" || node.tagName === "A" ? node.textContent.trim() : "");
  for (const node of document.querySelectorAll("button, a[href], input, select, iframe, video, img, canvas, dialog[open]")) {
    if (!visible(node)) continue;
    const box = node.getBoundingClientRect();
    const control = node.matches("button, a[href], input, select");
    if (control && Math.min(box.width, box.height) < target - 0.5) say(`target of ${box.width} x ${box.height} px`, node);
    const name = labelled(node) || node.getAttribute("alt") || node.title || node.getAttribute("aria-labelledby");
    if (!name) say("no name", node);
  }

  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) findings.push(`id twice: ${id}`);
  if (document.documentElement.lang !== "de") findings.push("language");
  if (!document.title) findings.push("no title");
  if (document.documentElement.scrollWidth > innerWidth) findings.push(`${document.documentElement.scrollWidth} px wide in ${innerWidth}`);
  return findings;
}
