// The demo page where people log in. ENDPOINT is the server, SCREENSHOTS a folder for pictures.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./browser.js";

const ENDPOINT = process.env.ENDPOINT ?? "http://localhost:8080";
const SCREENSHOTS = process.env.SCREENSHOTS;
const room = `test-${process.pid}-${Date.now()}`;
const PAGE = `${ENDPOINT}/?room=${room}&name=nobody`;
const addresses = [];
let browser;

before(async () => {
	browser = await launch();
	if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});
after(() => browser?.close());

async function open(context) {
	const page = await context.newPage();
	page.on("request", (request) => addresses.push(request.url()));
	await page.goto(PAGE);
	return page;
}
const newContext = () => browser.newContext({ viewport: { width: 1280, height: 600 } });
const picture = (page, name) => SCREENSHOTS && page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
const says = (page, text) => page.locator("#messages li", { hasText: text }).waitFor();
const isConnected = (page) => page.locator("#chat-status", { hasText: /^connected$/ }).waitFor();

async function login(page, user) {
	await page.click("#to-login");
	await page.fill("#username", user);
	await page.fill("#password", user);
	await page.click("#kc-login");
	await page.locator("#user", { hasText: `Logged in as ${user}` }).waitFor();
	await isConnected(page);
}
async function say(page, text) {
	await page.fill("#text", text);
	await page.click("#say button");
}

test("who is not logged in may not talk, and is shown where to log in", async () => {
	const page = await open(await newContext());
	await says(page, "Log in to talk");
	await page.locator("#to-login").waitFor();
	assert.equal(await page.locator("#login").isVisible(), false);
	await page.locator("#game-status", { hasText: /^connected$/ }).waitFor(); // for everybody
	await picture(page, "login-nobody");
	await page.context().close();
});

test("alice and bob talk as themselves, alice moderates, and a log-out closes all tabs", async () => {
	const alice = await open(await newContext());
	await login(alice, "alice");
	assert.equal(new URL(alice.url()).search, `?room=${room}&name=nobody`, "back on the page that was left");
	const bob = await open(await newContext());
	await login(bob, "bob");
	await alice.locator("#present", { hasText: /^alice, bob$/ }).waitFor();

	await say(alice, "Hello Bob!");
	await says(bob, "alice: Hello Bob!");
	await say(bob, "Hi");
	await says(alice, "bob: Hi");
	await picture(alice, "login-alice");
	await picture(bob, "login-bob");

	assert.equal(await bob.locator("#clear").isVisible(), false);
	await alice.click("#clear");
	await bob.waitForFunction(() => document.querySelectorAll("#messages li").length === 0);

	const second = await open(alice.context());
	await second.locator("#user", { hasText: "Logged in as alice" }).waitFor();
	await isConnected(second);
	await alice.click("#login button");
	await alice.locator("#to-login").waitFor();
	await says(second, "Log in to talk");
	await second.locator("#to-login").waitFor();
	await bob.locator("#present", { hasText: /^bob$/ }).waitFor();
	await picture(second, "login-logged-out");

	await say(bob, "Anybody here?");
	await says(bob, "bob: Anybody here?");
	await alice.click("#to-login");
	await alice.locator("#password").waitFor(); // she is asked again
	await picture(alice, "login-form");
	assert.deepEqual(addresses.filter((a) => /eyJ[\w-]+\.eyJ|jsessionid|secret/i.test(a)), [], "no token in an address");
	const cookies = await bob.context().cookies(ENDPOINT);
	assert.ok(cookies.some((c) => c.name === "JSESSIONID" && c.httpOnly), "no script reads the cookie");
});
