import { createClient } from "./thespis.js";

const MAX_LINES = 200;
const $ = (id) => document.getElementById(id);
const client = createClient();

// ---- who am I ------------------------------------------------------------------------------------------

const query = new URLSearchParams(location.search);
const room = query.get("room") ?? "general";
const me = query.get("name") ?? sessionStorage.getItem("name") ?? `guest-${Math.floor(Math.random() * 1000)}`;
sessionStorage.setItem("name", me);
$("name").value = me;
$("who").addEventListener("submit", (e) => e.preventDefault());
$("name").addEventListener("change", () => {
	sessionStorage.setItem("name", $("name").value.trim() || me);
	location.search = new URLSearchParams({ room, name: $("name").value.trim() || me });
});

function line(list, text, className = "") {
	const item = document.createElement("li");
	item.textContent = text;
	item.className = className;
	list.append(item);
	while (list.children.length > MAX_LINES) list.firstChild.remove();
	list.scrollTop = list.scrollHeight;
}

/** Shows each event in the log, then hands it on. */
function listen(connection, event, listener) {
	return connection.on(event, (...args) => {
		line($("events"), `${event} ${args.map((a) => JSON.stringify(a)).join(" ")}`);
		listener(...args);
	});
}

function showStatus(connection, element) {
	const show = () => (element.textContent = connection.connStatus);
	connection.onStatusChange(show);
	connection.onError((e) => line($("events"), `error ${e.group}.${e.code}: ${e.message}`, "problem"));
	show();
}

// ---- chat room -----------------------------------------------------------------------------------------

const chat = client.chatRoom.getOrCreate([room], { params: { name: me } }).connect();
showStatus(chat, $("chat-status"));
const say = (m) => line($("messages"), `${m.from}: ${m.text}`);
listen(chat, "messageReceived", say);
listen(chat, "privateMessage", (m) => line($("messages"), `${m.from} to you: ${m.text}`, "private"));
listen(chat, "presenceChanged", showPresent);
chat.onOpen(async () => {
	$("messages").replaceChildren();
	showPresent(await chat.whoIsHere());
	for (const message of await chat.history()) say(message);
});

function showPresent(names) {
	$("present").textContent = names.join(", ");
	const chosen = $("to").value;
	$("to").replaceChildren(new Option("everybody", ""), ...names.filter((n) => n !== me).map((n) => new Option(n, n)));
	if (names.includes(chosen)) $("to").value = chosen;
}

$("say").addEventListener("submit", async (e) => {
	e.preventDefault();
	const text = $("text").value;
	const to = $("to").value;
	try {
		if (to) {
			await chat.sendPrivateMessage(to, text);
			line($("messages"), `you to ${to}: ${text}`, "private");
		} else {
			await chat.sendMessage(text);
		}
		$("text").value = "";
	} catch (problem) {
		line($("messages"), problem.message, "problem");
	}
});

// ---- game room -----------------------------------------------------------------------------------------

const players = new Map();
const board = $("board");
const paint = board.getContext("2d");
const game = client.gameRoom.getOrCreate([room], { params: { playerId: me } }).connect();
showStatus(game, $("game-status"));
listen(game, "playerMoved", ({ playerId, position }) => move(playerId, position));
listen(game, "playerLeft", (playerId) => {
	players.delete(playerId);
	draw();
});
game.once("gameStarted", () => {
	line($("events"), "gameStarted (once)");
	$("started").textContent = "started";
});
game.onOpen(async () => {
	const snapshot = await game.snapshot();
	players.clear();
	for (const [id, position] of Object.entries(snapshot.players)) players.set(id, position);
	if (snapshot.started) $("started").textContent = "started";
	draw();
});
$("start").addEventListener("click", () => game.startGame());

function move(playerId, position) {
	players.set(playerId, position);
	draw();
}

const hue = (id) => [...id].reduce((h, c) => (h * 31 + c.codePointAt(0)) % 360, 7);

function draw() {
	paint.clearRect(0, 0, board.width, board.height);
	paint.font = "14px system-ui, sans-serif";
	paint.textAlign = "center";
	for (const [id, { x, y }] of players) {
		paint.fillStyle = `hsl(${hue(id)} 65% 48%)`;
		paint.beginPath();
		paint.arc(x * board.width, y * board.height, 11, 0, 2 * Math.PI);
		paint.fill();
		paint.fillText(id, x * board.width, y * board.height - 16);
	}
	board.dataset.players = JSON.stringify(Object.fromEntries(players));
}

let sending = false;
async function go(e) {
	const box = board.getBoundingClientRect();
	const clamp = (v) => Math.min(1, Math.max(0, v));
	const position = { x: clamp((e.clientX - box.left) / box.width), y: clamp((e.clientY - box.top) / box.height) };
	move(me, position);
	if (sending) return; // one move at a time is on its way
	sending = true;
	try {
		await game.updatePlayerPosition(position);
	} finally {
		sending = false;
	}
}
board.addEventListener("pointerdown", (e) => {
	board.setPointerCapture(e.pointerId);
	go(e);
});
board.addEventListener("pointermove", (e) => e.buttons && go(e));
