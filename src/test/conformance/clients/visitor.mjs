// A guest of the chat room of the demo who never leaves: says what happens to it, a line each, until its input ends.
// Reads a line for each message to send, or "history". ENDPOINT is where the front listens, ROOM the key of the room.
import readline from "node:readline";
import { createClient } from "rivetkit/client";

const client = createClient({ endpoint: process.env.ENDPOINT });
const room = client.chatRoom.getOrCreate([process.env.ROOM], { params: { name: "visitor" } }).connect();
room.on("messageReceived", (message) => console.log(`event ${message.text}`));
room.onOpen(() => console.log("open"));
room.onClose(() => console.log("close"));
room.onError((e) => console.log(`error ${e.group}.${e.code}`));

for await (const text of readline.createInterface({ input: process.stdin })) {
	if (text === "history") {
		room.history().then(({ messages }) => console.log(`history ${messages.map((message) => message.text)}`));
		continue;
	}
	room.sendMessage(text).then(
		() => console.log(`answer ${text}`),
		(e) => console.log(`failed ${e.group}.${e.code}`),
	);
}
process.exit(0);
