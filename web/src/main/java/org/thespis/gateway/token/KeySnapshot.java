package org.thespis.gateway.token;

import java.io.IOException;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/** The keys that an issuer had at one time. */
record KeySnapshot(List<PublicJsonWebKey> keys) {

    private static final int MAX_KEYS = 100;

    /**
     * Reads a JWKS; keys of other kinds or for other uses are left out.
     *
     * @throws IOException if it is none, or has no key for signatures
     */
    static KeySnapshot parse(String json) throws IOException {
        List<PublicJsonWebKey> keys = new ArrayList<>();
        try {
            Object all = JsonUtil.parseJson(json).get("keys");
            if (!(all instanceof List<?> list) || list.size() > MAX_KEYS) {
                throw new IOException("no list of at most " + MAX_KEYS + " keys");
            }
            for (Object one : list) {
                read(one).ifPresent(keys::add);
            }
        } catch (JoseException | RuntimeException | StackOverflowError e) {
            throw new IOException("no JWKS", e);
        }
        if (keys.isEmpty()) {
            throw new IOException("no key for signatures");
        }
        return new KeySnapshot(List.copyOf(keys));
    }

    private static Optional<PublicJsonWebKey> read(Object one) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> parameters = (Map<String, Object>) one;
            JsonWebKey key = JsonWebKey.Factory.newJwk(parameters);
            boolean signs = key.getUse() == null || key.getUse().equals("sig");
            return signs && key instanceof PublicJsonWebKey both ? Optional.of(both) : Optional.empty();
        } catch (JoseException | RuntimeException e) { // one that is broken or of tomorrow does not spoil the others
            return Optional.empty();
        }
    }

    /**
     * The key that a token names.
     *
     * @param id null if it names none: then it is the only one there is
     */
    Optional<Key> find(String id, String algorithm) {
        if (id == null && keys.size() > 1) {
            return Optional.empty();
        }
        return keys.stream()
                .filter(key -> id == null || id.equals(key.getKeyId()))
                .filter(key -> key.getKeyType().equals(kind(algorithm)))
                .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                .map(JsonWebKey::getKey)
                .findFirst();
    }

    /** Keys of two kinds may have one id (RFC 7517, section 4.5). */
    private static String kind(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> RsaJsonWebKey.KEY_TYPE;
            case "ES" -> EllipticCurveJsonWebKey.KEY_TYPE;
            default -> OctetKeyPairJsonWebKey.KEY_TYPE; // EdDSA
        };
    }

    boolean has(Key key) {
        return keys.stream().anyMatch(one -> one.getKey().equals(key));
    }
}
