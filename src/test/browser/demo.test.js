// Two windows of a real browser on the demo page. ENDPOINT is the server, SCREENSHOTS a folder for pictures.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, snippet } from "./browser.js";

const ENDPOINT = process.env.ENDPOINT ?? "http://localhost:8080";
const SCREENSHOTS = process.env.SCREENSHOTS;
const room = `test-${process.pid}-${Date.now()}`;
const problems = [];
let browser;

before(async () => {
	browser = await launch();
	if (SCREENSHOTS) mkdirSync(SCREENSHOTS, { recursive: true });
});
after(() => browser?.close());

async function open(name, viewport = { width: 1280, height: 600 }, key = room, prepare = async () => {}) {
	const page = await (await browser.newContext({ viewport })).newPage();
	await prepare(page);
	page.on("pageerror", (e) => problems.push(`${name}: ${e}`));
	page.on("console", (m) => m.type() === "error" && problems.push(`${name}: ${m.text()}`));
	await page.goto(`${ENDPOINT}/?room=${key}&name=${name}`);
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
	await late.waitForFunction(() => "bob" in JSON.parse(document.getElementById("board").dataset.players ?? "{}"));

	await bob.context().close();
	await ann.locator("#present", { hasText: /^ann, cat$/ }).waitFor();
	await ann.waitForFunction(() => !("bob" in JSON.parse(document.getElementById("board").dataset.players)));
	assert.deepEqual(problems, []);
});

test("who scrolls up reads older messages, page by page", async () => {
	const page = await open("eve");
	await page.evaluate(async (key) => {
		const { createClient } = await import(new URL("../thespis.js", document.baseURI));
		const chat = createClient().chatRoom.getOrCreate([key], { params: { name: "eve" } }).connect();
		for (let i = 0; i < 120; i++) await chat.sendMessage(`old ${i}.`);
		await chat.dispose();
	}, `${room}-long`);
	const reader = await open("fay", undefined, `${room}-long`);
	await says(reader, "old 119.");
	assert.equal(await reader.locator("#messages li").count(), 50);
	for (const text of ["old 69.", "old 19.", "old 0."]) {
		await reader.evaluate(() => (document.getElementById("messages").scrollTop = 0));
		await says(reader, text);
	}
	const shown = await reader.locator("#messages li").allTextContents();
	assert.deepEqual(shown, Array.from({ length: 120 }, (_, i) => `eve: old ${i}.`));
	await say(reader, "new");
	await says(reader, "fay: new");
	assert.deepEqual(problems, []);
});

test("the page of docs/clients.md talks to the chat room", async () => {
	const page = await (await browser.newContext()).newPage();
	await page.goto(`${ENDPOINT}/metadata`);
	const said = page.waitForEvent("console", (m) => m.text() === "ann hello");
	await page.setContent(snippet("docs/clients.md", ENDPOINT));
	await said;
});

test("the sources of the actors are linked", async () => {
	const page = await open("dan");
	for (const file of ["ChatRoom", "GameRoom"]) {
		const [response] = await Promise.all([page.waitForResponse(/\.java$/), page.evaluate((f) => void fetch(`source/org/thespis/demo/${f}.java`), file)]);
		assert.match(await response.text(), /@Actor/);
	}
});

/** Holds what goes over the chat's line and is named; `let` sends what was held, and holds no more of it. */
function holding(...names) {
	const held = Object.fromEntries(names.map((name) => [name, []]));
	const pass = (name, send) => (held[name] ? held[name].push(send) : send());
	const prepare = (page) =>
		page.routeWebSocket(/\/gateway\/chatRoom\//, (near) => {
			const far = near.connectToServer();
			let history;
			near.onMessage((frame) => {
				const { tag, val } = JSON.parse(frame).body;
				if (tag === "ActionRequest" && val.name === "history") history = `${val.id}`;
				pass(val.name === "history" ? "question" : "other", () => far.send(frame));
			});
			far.onMessage((frame) => {
				const { tag, val } = JSON.parse(frame).body;
				const answer = tag === "ActionResponse" && val.id[1] === history;
				pass(answer ? "answer" : val.name === "messageReceived" ? "event" : "other", () => near.send(frame));
			});
		});
	const reached = async (name) => {
		while (held[name].length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
	};
	const release = async (name) => {
		await reached(name);
		const sends = held[name];
		delete held[name];
		for (const send of sends) send();
	};
	return { prepare, reached, release };
}

const WAITING = {
	"and is not in it": { held: ["answer"], arrives: true },
	"and is in it": { held: ["question"], arrives: true },
	"and is in it, though its event comes later": { held: ["question", "event"], arrives: false },
};
for (const [how, { held, arrives }] of Object.entries(WAITING)) {
	test(`a message that is sent while the page waits for the history, ${how}, is shown once`, async () => {
		const key = `${room}-${held.join("-")}`;
		const ann = await open("ann", undefined, key);
		await say(ann, "before");
		await says(ann, "before");
		const { prepare, reached, release } = holding(...held);
		const gil = await open("gil", undefined, key, prepare);
		await reached(held[0]);
		await say(ann, "meanwhile");
		await says(ann, "meanwhile");
		if (arrives) await says(gil, "meanwhile");
		await release(held[0]);
		await says(gil, "before");
		if (!arrives) await release("event");
		await say(ann, "after");
		await says(gil, "after");
		const shown = await gil.locator("#messages li").allTextContents();
		assert.deepEqual(shown, ["ann: before", "ann: meanwhile", "ann: after"]);
		assert.deepEqual(problems, []);
	});
}
