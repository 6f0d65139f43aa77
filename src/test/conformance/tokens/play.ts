// Plays a user whose tokens are short with the npm client: each connection asks for a fresh one. ENDPOINT is the server, TOKENS
// where its issuer gives tokens. Prints what came of it as the last line.
import { ENDPOINT } from "../lib/env.ts";
import { createClient } from "rivetkit/client";

const LAST_MS = 60_000;
let asked = 0;

async function token(): Promise<string> {
	asked++;
	const form = { grant_type: "password", client_id: "thespis-program", username: "bob", password: "bob" };
	const answer = await fetch(process.env.TOKENS!, { method: "POST", body: new URLSearchParams(form) });
	return ((await answer.json()) as any).access_token;
}

const client: any = createClient({ endpoint: ENDPOINT });
const key = [`npm-${process.pid}-${Date.now()}`];
const alone = await client.lobby.getOrCreate(key, { params: { authToken: await token() } }).who();

const lobby = client.lobby.getOrCreate(key, { getParams: async () => ({ authToken: await token() }) }).connect();
const told: string[] = [];
const said: string[] = [];
const expired = new Promise<void>((resolve, reject) => {
	setTimeout(reject, LAST_MS, new Error("the connection was not ended")).unref();
	lobby.onError((error: any) => {
		told.push(`${error.group}.${error.code}`);
		resolve();
	});
});
lobby.on("said", (text: string) => said.push(text));
const first = await lobby.who();
await expired;
const second = await lobby.who();
await lobby.say("again");
console.log(`OUTCOME ${JSON.stringify({ alone, first, second, told, said, fresh: asked > 2 })}`);
await client.dispose();
process.exit(0);
