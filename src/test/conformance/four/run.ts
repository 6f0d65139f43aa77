// Plays the scenario with the three clients of JavaScript, and prints what came of it as the last line. ENDPOINT is the server.
// Each row has a client of its own, in Chromium a page, too: what one leaves behind harms no other.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import "../lib/env.ts";
import { build } from "esbuild";
import { createClient } from "rivetkit/client";
import { launch } from "../../browser/browser.js";
import { ENDPOINT } from "../lib/env.ts";
import { clientDriver } from "./client.ts";
import { play } from "./play.ts";

const ROW_MS = 120_000;

type Play = (row: any, run: string) => Promise<unknown[]>;

const scenario = JSON.parse(readFileSync(new URL("scenario.json", import.meta.url), "utf8"));
const run = `${process.pid}-${Date.now()}`;

async function all(name: string, playing: Play): Promise<Record<string, unknown[]>> {
	const told: Record<string, unknown[]> = {};
	for (const [n, row] of scenario.entries()) {
		let timer: any;
		const late = new Promise<unknown[]>((resolve) => (timer = setTimeout(resolve, ROW_MS, [`nothing within ${ROW_MS} ms`])));
		told[row.can] = await Promise.race([playing(row, `${name}-${run}-${n}`), late]);
		clearTimeout(timer);
	}
	return told;
}

async function bundle(): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL("page.ts", import.meta.url))],
		bundle: true,
		write: false,
		format: "iife",
		platform: "browser",
		jsx: "automatic",
		target: "es2022",
		logLevel: "error",
		define: { "process.env.NODE_ENV": '"production"', "process.env": "{}" },
	});
	return outputFiles[0]!.text;
}

const npm: Play = (row, key) => play(row, clientDriver(createClient<any>({ endpoint: ENDPOINT, devtools: false } as any), true), key);

const browser = await launch();
try {
	const script = await bundle();
	const inPage = (client: string): Play => async (row, key) => {
		const page = await browser.newPage();
		try {
			await page.goto(`${ENDPOINT}/metadata`);
			await page.evaluate(script);
			return await page.evaluate(([c, r, k]: any) => (globalThis as any).four[c](r, k), [client, row, key]);
		} finally {
			await page.close();
		}
	};
	const outcomes = {
		"rivetkit/client": await all("npm", npm),
		"thespis.js": await all("module", inPage("module")),
		"@rivetkit/react": await all("react", inPage("react")),
	};
	console.log(`OUTCOMES ${JSON.stringify(outcomes)}`);
} finally {
	await browser.close();
}
process.exit(0);
