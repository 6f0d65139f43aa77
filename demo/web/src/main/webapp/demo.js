import { createClient } from "../thespis.js";

const MAX_LINES = 200; // of events
const NEAR_PIXELS = 40; // to an end of the messages
const $ = (id) => document.getElementById(id);
const client = createClient();

// ---- who am I ------------------------------------------------------------------------------------------

const fetched = async (path) => (await fetch(path)).json();
const { login } = await fetched("../metadata"); // only where people can log in
const user = login ? await fetched("../login/user?role=moderate") : {};
const query = new URLSearchParams(location.search);
const room = query.get("room") ?? "general";
const me = user.name ?? query.get("name") ?? sessionStorage.getItem("name") ?? `guest-${Math.floor(Math.random() * 1000)}`;
if (!user.name) sessionStorage.setItem("name", me);
$("name").value = me;
$("who").addEventListener("submit", (e) => e.preventDefault());
$("name").addEventListener("change", () => {
	sessionStorage.setItem("name", $("name").value.trim() || me);
	location.search = new URLSearchParams({ room, name: $("name").value.trim() || me });
});

function showUser(name) {
	$("who").hidden = Boolean(name);
	$("login").hidden = !name;
	$("user").textContent = `Logged in as ${name}`;
	$("to-login").hidden = Boolean(name);
	$("to-login").href = `..${login}?to=${encodeURIComponent(location.pathname + location.search)}`;
	$("clear").hidden = !name || !user.roles.includes("moderate");
}
if (login) showUser(user.name);

function item(text, className = "") {
	const item = document.createElement("li");
	item.textContent = text;
	item.className = className;
	return item;
}

function line(list, text, className = "") {
	list.append(item(text, className));
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

const showProblem = (e) => line($("events"), `error ${e.group}.${e.code}: ${e.message}`, "problem");

function showStatus(connection, element) {
	const show = () => (element.textContent = connection.connStatus);
	connection.onStatusChange(show);
	connection.onError(showProblem);
	show();
}

// ---- chat room -----------------------------------------------------------------------------------------

const chat = client.chatRoom.getOrCreate([room], { params: { name: me } }).connect();
showStatus(chat, $("chat-status"));
const messages = $("messages");
chat.onError((e) => {
	if (!login || e.group !== "auth") return;
	if (e.code === "forbidden") return show(item("You may not talk here", "problem"));
	showUser(); // nobody: logged out, here or in another window
	if (e.code === "unauthorized") show(item("Log in to talk", "problem"));
});
let first = 0; // how many messages are older than those that are shown
let loading = false;
let inLastPage = new Set();

const identity = (m) => JSON.stringify([m.from, m.text, m.at]);

function said(m) {
	const line = item(`${m.from}: ${m.text}`);
	line.dataset.message = identity(m);
	return line;
}

/** Adds a line at the end; who reads older ones is left where they are. */
function show(added) {
	const atEnd = messages.scrollHeight - messages.scrollTop - messages.clientHeight < NEAR_PIXELS;
	messages.append(added);
	if (atEnd) messages.scrollTop = messages.scrollHeight;
}

/** Adds the page before what is shown, and keeps what is seen where it is. */
async function showOlder() {
	if (loading || first === 0) return;
	loading = true;
	try {
		const page = await chat.history(first);
		const below = messages.scrollHeight - messages.scrollTop;
		messages.prepend(...page.messages.map(said));
		first = page.first;
		messages.scrollTop = messages.scrollHeight - below;
	} catch (problem) {
		show(item(problem.message, "problem"));
	} finally {
		loading = false;
	}
}
messages.addEventListener("scroll", () => messages.scrollTop < NEAR_PIXELS && showOlder());

/** Shows the last page in place of what was there; what came meanwhile stays, if it is not in the page. */
async function showLast() {
	const before = [...messages.children];
	const page = await chat.history();
	inLastPage = new Set(page.messages.map(identity));
	for (const line of [...messages.children]) {
		if (before.includes(line) || inLastPage.has(line.dataset.message)) line.remove();
	}
	messages.prepend(...page.messages.map(said));
	first = page.first;
	messages.scrollTop = messages.scrollHeight;
}

listen(chat, "messageReceived", (m) => inLastPage.has(identity(m)) || show(said(m)));
listen(chat, "cleared", () => messages.replaceChildren());
$("clear").addEventListener("click", () => chat.clear().catch(showProblem));
listen(chat, "privateMessage", (m) => show(item(`${m.from} to you: ${m.text}`, "private")));
listen(chat, "presenceChanged", showPresent);
chat.onOpen(async () => {
	try {
		await Promise.all([showLast(), chat.whoIsHere().then(showPresent)]);
	} catch (problem) {
		show(item(problem.message, "problem"));
	}
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
			show(item(`you to ${to}: ${text}`, "private"));
		} else {
			await chat.sendMessage(text);
		}
		$("text").value = "";
	} catch (problem) {
		show(item(problem.message, "problem"));
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
	try {
		const snapshot = await game.snapshot();
		players.clear();
		for (const [id, position] of Object.entries(snapshot.players)) players.set(id, position);
		if (snapshot.started) $("started").textContent = "started";
		draw();
	} catch (problem) {
		showProblem(problem);
	}
});
$("start").addEventListener("click", () => game.startGame().catch(showProblem));

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
	} catch (problem) {
		showProblem(problem);
	} finally {
		sending = false;
	}
}
board.addEventListener("pointerdown", (e) => {
	board.setPointerCapture(e.pointerId);
	go(e);
});
board.addEventListener("pointermove", (e) => e.buttons && go(e));
