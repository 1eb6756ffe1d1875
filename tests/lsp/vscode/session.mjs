// A session in a real VS Code, in Chromium: diagnostics, hover, quick fix, a setting. Prints what it saw as JSON.
// node session.mjs URL CHROMIUM FILE PICTURES, in a folder with playwright-core.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { chromium } = createRequire(join(process.cwd(), "x.js"))("playwright-core");
const [url, program, settings, pictures] = process.argv.slice(2);
const WAIT = { timeout: 120_000 };
const seen = {};

const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 480 } });
page.setDefaultTimeout(WAIT.timeout);

async function command(name) {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget input").fill(`>${name}`);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await page.keyboard.press("Enter");
}

const picture = (name) => page.screenshot({ path: join(pictures, name), type: "png" });
const squiggles = page.locator(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-error");

try {
  await page.goto(url);
  await page.getByRole("button", { name: "Yes, I trust the authors" }).click(); // else the extension does not start
  await page.getByRole("treeitem", { name: "sshd_config", exact: true }).dblclick();
  await squiggles.first().waitFor(WAIT);
  seen.squiggles = await squiggles.count();
  seen.problems = await page.locator('[id="status.problems"]').getAttribute("aria-label");

  const line = page.locator(".view-line", { hasText: /^ClientAliveInterval\s0$/ });
  const box = await line.locator("span span").first().boundingBox();
  await page.mouse.move(box.x + 40, box.y + 8);
  const hover = page.locator(".monaco-hover:visible", { hasText: /sshd/ });
  await hover.first().waitFor();
  await page.waitForTimeout(1500);
  seen.hover = (await hover.first().innerText()).slice(0, 400);
  await picture("vscode-hover.png");

  await page.keyboard.press("Escape");
  await line.click();
  await page.keyboard.press("Control+.");
  const fixes = page.locator(".action-widget .monaco-list-row.action");
  await fixes.first().waitFor();
  await page.waitForTimeout(500);
  seen.fixes = await fixes.allInnerTexts();
  await picture("vscode-fixes.png");
  await page.keyboard.press("Enter");
  await page.locator(".view-line", { hasText: /^ClientAliveInterval\s[1-9]/ }).first().waitFor();
  seen.fixed = (await page.locator(".view-lines").innerText()).replaceAll("\u00a0", " ");

  // A release that does not know the keyword any more: the settings are read while the server runs.
  const before = await squiggles.count();
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(process.env.SETTINGS), "sshkeep.target": "7.4" }));
  await page.waitForFunction(
    (count) => document.querySelectorAll(".monaco-editor .squiggly-warning, .monaco-editor .squiggly-error, .monaco-editor .squiggly-info").length !== count,
    before,
    WAIT,
  );
  seen.target = true;
} catch (error) {
  seen.error = String(error);
  await picture("vscode-failed.png");
}
console.log(JSON.stringify(seen, null, 1));
await browser.close();
