package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket of the JDK that speaks the wire protocol in JSON, by hand. */
final class RawClient implements WebSocket.Listener {

    /** One for all: a client that nobody holds is collected, and its selector with it. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final long WAIT_SECONDS = 30;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean reads;
    private WebSocket socket;

    private RawClient(boolean reads) {
        this.reads = reads;
    }

    static RawClient open(URI address, String... moreProtocols) {
        return open(new RawClient(true), Map.of(), address, moreProtocols);
    }

    /** With header fields in its handshake. */
    static RawClient with(Map<String, String> headers, URI address, String... moreProtocols) {
        return open(new RawClient(true), headers, address, moreProtocols);
    }

    /** One that never reads, nor answers pings. */
    static RawClient deaf(URI address) {
        return open(new RawClient(false), Map.of(), address);
    }

    private static RawClient open(RawClient client, Map<String, String> headers, URI address, String... moreProtocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("rivet", moreProtocols);
        headers.forEach(builder::header);
        client.socket = builder.buildAsync(address, client).join();
        return client;
    }

    RawClient call(int id, String action, String arguments) {
        return send("{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"" + id + "\"],\"name\":\""
                + action + "\",\"args\":[" + arguments + "]}}}");
    }

    /** With a key, as the extension of the protocol has it. */
    RawClient callOnce(int id, String key, String action, String arguments) {
        return send("{\"body\":{\"tag\":\"KeyedActionRequest\",\"val\":{\"key\":\"" + key + "\",\"id\":[\"$BigInt\",\""
                + id + "\"],\"name\":\"" + action + "\",\"args\":[" + arguments + "]}}}");
    }

    RawClient subscribe(String event) {
        return send("{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"" + event
                + "\",\"subscribe\":true}}}");
    }

    RawClient send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Ends the line without a close frame. */
    void cut() {
        socket.abort();
    }

    /** Reads until a message, or the close as "close CODE REASON", contains all these. */
    String await(String... parts) throws InterruptedException {
        while (true) {
            String message = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("waiting for %s", Arrays.toString(parts)).isNotNull();
            if (Arrays.stream(parts).allMatch(message::contains)) {
                return message;
            }
        }
    }

    /** Whether one of the messages that have come contains all these. */
    boolean hears(String... parts) throws InterruptedException {
        String message = heard.poll(20, TimeUnit.MILLISECONDS);
        return message != null && Arrays.stream(parts).allMatch(message::contains);
    }

    /** The next message, or nothing if none comes soon. */
    String heard() throws InterruptedException {
        String message = heard.poll(20, TimeUnit.MILLISECONDS);
        return message == null ? "" : message;
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            heard.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add("close " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable thrown) {
        heard.add("error " + thrown);
    }
}
