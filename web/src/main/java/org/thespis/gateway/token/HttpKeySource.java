package org.thespis.gateway.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Keys over HTTP. Not by the client of the JDK, which has threads of its own that outlive an application. */
final class HttpKeySource implements KeySource {

    private static final int MAX_BYTES = 262_144;
    private static final int OK = 200;

    private final URI address;
    private final int timeoutMillis;
    private volatile HttpURLConnection current;

    /** @param timeout of each wait for the other side; how long it takes in all is up to who calls {@link #abort} */
    HttpKeySource(URI address, Duration timeout) {
        this.address = address;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    @Override
    public String read() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setInstanceFollowRedirects(false); // the keys are where the setting says, and nowhere else
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/json");
        current = connection;
        try {
            int status = connection.getResponseCode();
            if (status != OK) {
                throw new IOException("status " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                byte[] body = in.readNBytes(MAX_BYTES + 1);
                if (body.length > MAX_BYTES) {
                    throw new IOException("more than " + MAX_BYTES + " bytes");
                }
                return new String(body, StandardCharsets.UTF_8);
            }
        } finally {
            current = null;
            connection.disconnect();
        }
    }

    @Override
    public void abort() {
        HttpURLConnection running = current;
        if (running != null) {
            running.disconnect();
        }
    }
}
