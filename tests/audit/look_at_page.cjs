// node look_at_page.cjs PAGE FOLDER: what axe-core and Chromium say of a page, as JSON; screenshots and a PDF into FOLDER.
const { readFileSync } = require("fs");
const { chromium } = require("playwright-core");

const [, , file, folder] = process.argv;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const views = [
  { name: "400-light", width: 400, colorScheme: "light" },
  { name: "400-dark", width: 400, colorScheme: "dark" },
  { name: "1400-light", width: 1400, colorScheme: "light" },
  { name: "1400-dark", width: 1400, colorScheme: "dark" },
  { name: "print", width: 680, colorScheme: "light", media: "print" }, // A4 without margins of 15 mm, 96 pixels an inch
];

// What is wider than its place, and so is cut or has to be scrolled to.
const overflowing = () =>
  [document.documentElement, ...document.querySelectorAll("body *")]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline")
    .filter((each) => each.closest("thead") === null || getComputedStyle(each.closest("thead")).position !== "absolute")
    .map((each) => `${each.tagName} ${each.className}: ${each.textContent.trim().slice(0, 60)}`);

(async () => {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const found = [];
  for (const view of views) {
    const page = await browser.newPage({ viewport: { width: view.width, height: 900 }, colorScheme: view.colorScheme });
    const messages = [];
    page.on("console", (message) => messages.push(message.text()));
    page.on("dialog", (dialog) => { messages.push("a script ran"); dialog.dismiss(); });
    page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) messages.push(request.url()); });
    await page.emulateMedia({ media: view.media ?? "screen", colorScheme: view.colorScheme });
    await page.goto(`file://${file}`);
    const wide = await page.evaluate(overflowing);
    await page.screenshot({ path: `${folder}/${view.name}.png`, fullPage: true });
    if (view.media) await page.pdf({ path: `${folder}/audit.pdf`, preferCSSPageSize: true });
    await page.evaluate(axe);
    const { violations } = await page.evaluate("axe.run()");
    const named = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
    found.push({ name: view.name, violations: named, messages, overflowing: wide });
    await page.close();
  }
  await browser.close();
  console.log(JSON.stringify(found));
})().catch((error) => { console.error(error); process.exit(1); });
