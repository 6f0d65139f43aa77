package org.thespis.gateway.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.thespis.gateway.token.CheckedToken.Origin;
import org.thespis.gateway.token.KeptTokens.Kept;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.message.ActorException;

/**
 * Checks signed tokens (RFC 7519, RFC 8725): issuer, algorithm, key, signature, audience, times. Those that were good are
 * remembered until they run out. Any thread; it may wait for keys, as {@link IssuerKeys} does.
 */
public final class TokenChecker {

    private static final Logger LOG = System.getLogger(TokenChecker.class.getName());

    /**
     * Three parts in base64url and nothing else (RFC 7515, section 7.1): the library forgives blanks and padding, so that one
     * token would be many, and takes parts that are not encoded, which no JWT may have (RFC 7797, section 7).
     */
    private static final Pattern FORM = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

    /** Of refused tokens one is told to the operator in that time, the others only to who debugs. */
    private static final long TELLING_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Requests that wait for keys, of whichever issuer, each with a thread of the server. */
    static final int MAX_WAITING = 8;

    private record Known(Issuer issuer, IssuerKeys keys) {}

    private final TokenSettings settings;
    private final Clock clock;
    private final Map<String, Known> issuers = new HashMap<>();
    private final AlgorithmConstraints algorithms;
    private final ClaimReader reader;
    private final KeptTokens kept;
    private final LogOutReader logOutReader;
    private final LogOuts logOuts;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - TELLING_NANOS);

    /** @param executor fetches keys */
    public TokenChecker(TokenSettings settings, Executor executor) {
        this(settings, executor, Clock.systemUTC());
    }

    TokenChecker(TokenSettings settings, Executor executor, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Semaphore places = new Semaphore(MAX_WAITING);
        for (Issuer issuer : settings.issuers()) {
            IssuerKeys keys = new IssuerKeys(
                    issuer.id(),
                    new HttpKeySource(issuer.keys(), settings.keysTimeout()),
                    executor,
                    settings.keysTimeout(),
                    settings.keysPeriod(),
                    places,
                    System::nanoTime);
            issuers.put(issuer.id(), new Known(issuer, keys));
        }
        algorithms = new AlgorithmConstraints(
                ConstraintType.PERMIT, settings.algorithms().toArray(String[]::new));
        reader = new ClaimReader(settings);
        kept = new KeptTokens(settings.maxKept());
        logOutReader = new LogOutReader(settings.clockSkew(), clock);
        logOuts = new LogOuts(settings.logOutsKept(), clock);
    }

    /** Whether anybody's tokens count here. */
    public boolean isOn() {
        return !issuers.isEmpty();
    }

    /** Keeps the keys fresh. To be called about once a second by one timer. */
    public void care() {
        issuers.values().forEach(known -> known.keys().care());
    }

    int kept() {
        return kept.size();
    }

    /**
     * Who stands behind a token.
     *
     * @throws ActorException of {@code auth.token_...} if it does not count, {@code guard.service_unavailable} if that cannot
     *     be known now
     */
    public CheckedToken check(String token) {
        requireShort(token);
        CheckedToken checked = checkAll(token);
        if (isLoggedOut(checked.origin())) {
            throw new ActorException(TokenErrors.loggedOut());
        }
        return checked;
    }

    /** Whether anybody has logged out at an issuer, as it said. */
    public boolean knowsLogOuts() {
        return logOuts.some();
    }

    /** Whether who comes from there has logged out at the issuer, as it said. */
    public boolean isLoggedOut(Origin origin) {
        return logOuts.end(origin);
    }

    /**
     * Takes a log-out token: tokens of before count no more.
     *
     * @throws ActorException as {@link #check}; also if the token has come before
     */
    public LogOut logOut(String token) {
        requireShort(token);
        return telling(() -> {
            Verified verified = verify(token, settings.logOutAudiences());
            LogOut logOut = logOutReader.read(verified.said, verified.type);
            if (!logOuts.add(logOut, logOutReader.unique(verified.said))) {
                throw TokenErrors.invalid();
            }
            return logOut;
        });
    }

    private void requireShort(String token) {
        if (token.length() > settings.maxBytes()) {
            throw TokenErrors.tooLong(settings.maxBytes());
        }
    }

    private CheckedToken checkAll(String token) {
        ByteBuffer digest = KeptTokens.digest(token);
        Kept known = kept.find(digest);
        if (known != null && known.counts() && clock.instant().isBefore(expiry(known.token()))) {
            return known.token();
        }
        if (known != null) {
            kept.forget(digest);
        }
        return checkAnew(token, digest);
    }

    private static Instant expiry(CheckedToken token) {
        return token.caller().expires().orElseThrow();
    }

    private CheckedToken checkAnew(String token, ByteBuffer digest) {
        return telling(() -> {
            Kept checked = read(token);
            kept.keep(digest, checked);
            return checked.token();
        });
    }

    private interface Reading<T> {
        T read() throws JoseException, InvalidJwtException, MalformedClaimException;
    }

    private <T> T telling(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ActorException e) {
            tell(e.error().reason());
            throw e;
        } catch (InvalidJwtException e) {
            ActorException why = reason(e);
            tell(why.error().reason() + " "
                    + e.getErrorDetails().stream().map(d -> d.getErrorCode()).toList());
            throw why;
        } catch (MalformedClaimException e) { // says which claim, not what is in it
            tell(e.getMessage());
            throw TokenErrors.invalid();
        } catch (JoseException | RuntimeException | StackOverflowError e) {
            tell(e.getClass().getName()); // messages of the library quote the token
            throw TokenErrors.invalid();
        }
    }

    private Kept read(String token) throws JoseException, InvalidJwtException, MalformedClaimException {
        Verified verified = verify(token, settings.audiences());
        JwtClaims said = verified.said;
        if (LogOutReader.isLogOut(said, verified.type)) {
            throw TokenErrors.invalid();
        }
        Known known = verified.known;
        CheckedToken checked = new CheckedToken(reader.read(said, known.issuer().tenant()), ClaimReader.origin(said));
        return new Kept(checked, known.keys(), verified.key);
    }

    /** @param type of its header, or null */
    private record Verified(JwtClaims said, String type, Known known, Key key) {}

    private Verified verify(String token, Set<String> audiences)
            throws JoseException, InvalidJwtException, MalformedClaimException {
        if (!FORM.matcher(token).matches()) {
            throw TokenErrors.invalid();
        }
        JsonWebSignature signed = new JsonWebSignature();
        signed.setCompactSerialization(token);
        String algorithm = signed.getAlgorithmHeaderValue();
        if (algorithm == null || !settings.algorithms().contains(algorithm)) {
            throw TokenErrors.invalid();
        }
        Known known = issuers.get(issuer(signed));
        if (known == null) {
            throw TokenErrors.wrongIssuer();
        }
        Key key = known.keys().find(signed.getKeyIdHeaderValue(), algorithm).orElseThrow(TokenErrors::invalid);
        JwtClaims said = consumer(known.issuer(), key, audiences).processToClaims(token);
        return new Verified(said, signed.getHeader("typ"), known, key);
    }

    /** Not checked yet: it only says whose keys are to check it. */
    private static String issuer(JsonWebSignature signed) throws InvalidJwtException, MalformedClaimException {
        return JwtClaims.parse(signed.getUnverifiedPayload()).getIssuer();
    }

    private JwtConsumer consumer(Issuer issuer, Key key, Set<String> audiences) {
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(algorithms)
                .setExpectedIssuer(issuer.id())
                .setExpectedAudience(audiences.toArray(String[]::new))
                .setRequireExpirationTime()
                .setAllowedClockSkewInSeconds((int) settings.clockSkew().toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .build();
    }

    private static ActorException reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return new ActorException(TokenErrors.expired());
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return TokenErrors.notYetValid();
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return TokenErrors.wrongAudience();
        }
        return TokenErrors.invalid();
    }

    private void tell(String why) {
        long now = System.nanoTime();
        long last = toldAt.get();
        boolean first = now - last >= TELLING_NANOS && toldAt.compareAndSet(last, now);
        LOG.log(first ? Level.INFO : Level.DEBUG, "a token was refused: {0}", why);
    }
}
