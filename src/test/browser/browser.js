// Chromium, as it is found on this machine, and the pages that the docs show.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export function launch() {
	const executablePath = BROWSERS.find((path) => path && existsSync(path));
	assert.ok(executablePath, "Chromium is needed: install it or name it in CHROMIUM");
	return chromium.launch({
		executablePath,
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
}

/** The page without a build step that a document shows, with the address of the server under test. */
export function snippet(file, endpoint) {
	const [, html] = /```html\n(.*?)```/s.exec(readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8"));
	assert.ok(html.includes("http://localhost:8080"));
	return html.replaceAll("http://localhost:8080", endpoint);
}
