package org.thespis.gateway.token;

import java.security.Key;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Makes keys and tokens, good ones and others. */
final class Signer {

    static final String ISSUER = "https://id.example/realms/thespis";
    static final String AUDIENCE = "thespis";

    private Signer() {}

    static PublicJsonWebKey rsa(String id) {
        try {
            return named(RsaJwkGenerator.generateJwk(2048), id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicJsonWebKey ec(String id) {
        try {
            return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        return key;
    }

    /** Claims of ann that are good for ten minutes. */
    static JwtClaims ann() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("account", AUDIENCE);
        claims.setSubject("7f3");
        claims.setStringClaim("preferred_username", "ann");
        claims.setClaim("realm_access", Map.of("roles", java.util.List.of("talk", "moderate")));
        claims.setExpirationTimeMinutesInTheFuture(10);
        return claims;
    }

    static String token(PublicJsonWebKey key, JwtClaims claims) {
        return sign(key.getKeyType().equals("RSA") ? "RS256" : "ES256", key.getKeyId(), key.getPrivateKey(), claims);
    }

    /** @param id may be null */
    static String sign(String algorithm, String id, Key key, JwtClaims claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue(algorithm);
        if (id != null) {
            signature.setKeyIdHeaderValue(id);
        }
        signature.setKey(key);
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
