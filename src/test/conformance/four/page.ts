// What a page of Chromium gets.
import { clientDriver } from "./client.ts";
import { play } from "./play.ts";
import { reactDriver } from "./react.tsx";

Object.assign(globalThis, {
	four: {
		module: async (row: any, run: string) => {
			const { createClient } = await import(new URL("/thespis.js", location.href).href);
			return play(row, clientDriver(createClient(), false), run);
		},
		react: (row: any, run: string) => play(row, reactDriver(location.origin), run),
	},
});
