package org.thespis.gateway.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was found out of tokens that were good, by their digests: the tokens themselves are kept nowhere. Any thread. */
final class KeptTokens {

    /**
     * @param keys of who signed it
     * @param key by which it was signed: if the issuer takes that back, the token counts no more
     */
    record Kept(CheckedToken token, IssuerKeys keys, Key key) {

        boolean counts() {
            return keys.has(key);
        }
    }

    private final Map<ByteBuffer, Kept> kept; // guarded by itself

    /** @param max the one that was not used for the longest time goes first */
    KeptTokens(int max) {
        kept = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Kept> eldest) {
                return size() > max;
            }
        };
    }

    static ByteBuffer digest(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    Kept find(ByteBuffer digest) {
        synchronized (kept) {
            return kept.get(digest);
        }
    }

    void keep(ByteBuffer digest, Kept checked) {
        synchronized (kept) {
            kept.put(digest, checked);
        }
    }

    void forget(ByteBuffer digest) {
        synchronized (kept) {
            kept.remove(digest);
        }
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }
}
