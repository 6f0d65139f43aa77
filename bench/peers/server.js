// What a user may take instead: plain `ws` and Socket.IO, each with an echo and a room. `node server.js PORT_OF_WS PORT_OF_SOCKET_IO`
import http from "node:http";
import { Server } from "socket.io";
import { WebSocketServer } from "ws";

const LOOPBACK = "127.0.0.1";
const [portOfWs, portOfSocketIo] = process.argv.slice(2).map(Number);

const plain = http.createServer();
const room = new Set();
new WebSocketServer({ server: plain, perMessageDeflate: false }).on("connection", (socket, request) => {
	const speaks = request.url.endsWith("?speaker");
	const inRoom = request.url.startsWith("/room");
	if (inRoom && !speaks) {
		room.add(socket);
		socket.on("close", () => room.delete(socket));
	}
	socket.on("message", (data, binary) => {
		for (const receiver of inRoom ? room : [socket]) {
			receiver.send(data, { binary });
		}
	});
});

const forSocketIo = http.createServer();
const io = new Server(forSocketIo, { perMessageDeflate: false, transports: ["websocket"] });
io.on("connection", (socket) => {
	if ("listens" in socket.handshake.query) {
		socket.join("room");
	}
	socket.on("echo", (text, answer) => answer(text));
	socket.on("say", (text) => io.to("room").emit("said", text));
});

plain.listen(portOfWs, LOOPBACK);
forSocketIo.listen(portOfSocketIo, LOOPBACK);
