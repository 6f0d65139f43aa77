// Two windows of a real browser on the demo page. ENDPOINT is the server, SCREENSHOTS a folder for pictures.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const ENDPOINT = process.env.ENDPOINT ?? "http://localhost:8080";
const SCREENSHOTS = process.env.SCREENSHOTS;
const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const room = `test-${process.pid}-${Date.now()}`;
const problems = [];
let browser;

before(async () => {
	const executablePath = BROWSERS.find((path) => path && existsSync(path));
	assert.ok(executablePath, "Chromium is needed: install it or name it in CHROMIUM");
	browser = await chromium.launch({
		executablePath,
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
	});
	if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});
after(() => browser?.close());

async function open(name, viewport = { width: 1280, height: 600 }) {
	const page = await (await browser.newContext({ viewport })).newPage();
	page.on("pageerror", (e) => problems.push(`${name}: ${e}`));
	page.on("console", (m) => m.type() === "error" && problems.push(`${name}: ${m.text()}`));
	await page.goto(`${ENDPOINT}/?room=${room}&name=${name}`);
	await page.locator("#chat-status", { hasText: "connected" }).waitFor();
	await page.locator("#game-status", { hasText: "connected" }).waitFor();
	return page;
}
const picture = (page, name) => SCREENSHOTS && page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
const says = (page, text) => page.locator("#messages li", { hasText: text }).waitFor();
async function say(page, text, to = "") {
	await page.selectOption("#to", to);
	await page.fill("#text", text);
	await page.click("#say button");
}
const playerAt = (page, id) => page.evaluate((p) => JSON.parse(document.getElementById("board").dataset.players ?? "{}")[p], id);

test("a message and a move arrive in the other window", async () => {
	const ann = await open("ann");
	const bob = await open("bob", { width: 390, height: 844 }); // a phone
	await ann.locator("#present", { hasText: "ann, bob" }).waitFor();

	await say(ann, "Hello Bob!");
	await says(bob, "ann: Hello Bob!");
	await say(bob, "Hi ann ☃ <b>&amp;</b>");
	await says(ann, "bob: Hi ann ☃ <b>&amp;</b>");

	await say(bob, "psst", "ann");
	await says(ann, "bob to you: psst");

	const box = await ann.locator("#board").boundingBox();
	await ann.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.75);
	await bob.waitForFunction(() => {
		const at = JSON.parse(document.getElementById("board").dataset.players ?? "{}").ann;
		return at && Math.abs(at.x - 0.25) < 0.01 && Math.abs(at.y - 0.75) < 0.01;
	});
	await bob.locator("#events li", { hasText: "playerMoved" }).first().waitFor();

	await ann.click("#start");
	await bob.locator("#started", { hasText: /^started$/ }).waitFor();
	await ann.click("#start");
	await say(ann, "after the start");
	await says(bob, "after the start");
	assert.equal(await bob.locator("#events li", { hasText: "gameStarted" }).count(), 1);

	assert.ok(await bob.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "fits a phone's width");
	await picture(ann, "desktop");
	await picture(bob, "phone");

	const late = await open("cat");
	await says(late, "Hello Bob!");
	assert.equal(await late.locator("#messages li", { hasText: "psst" }).count(), 0);
	assert.ok(await playerAt(late, "bob"));

	await bob.context().close();
	await ann.locator("#present", { hasText: /^ann, cat$/ }).waitFor();
	await ann.waitForFunction(() => !("bob" in JSON.parse(document.getElementById("board").dataset.players)));
	assert.deepEqual(problems, []);
});

test("the sources of the actors are linked", async () => {
	const page = await open("dan");
	for (const file of ["ChatRoom", "GameRoom"]) {
		const [response] = await Promise.all([page.waitForResponse(/\.java$/), page.evaluate((f) => void fetch(`source/org/thespis/demo/${f}.java`), file)]);
		assert.match(await response.text(), /@Actor/);
	}
});
