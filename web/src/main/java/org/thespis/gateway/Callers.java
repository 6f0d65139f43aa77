package org.thespis.gateway;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thespis.api.UserException;
import org.thespis.api.spi.CallerRequest;
import org.thespis.api.spi.CallerResolver;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.token.TokenChecker;
import org.thespis.gateway.token.TokenErrors;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;

/**
 * Finds out who stands behind a request: of whom the resolvers of the application know, else of whom its token tells, else of
 * whom the server knows. Called on the thread that serves the request, before anything of it waits.
 *
 * @param resolvers in the order in which they are asked
 * @param tokens asked of tokens that no resolver takes
 * @param roles that actors ask for: of others nobody has to know
 */
record Callers(List<CallerResolver> resolvers, TokenChecker tokens, Set<String> roles, GatewaySettings settings) {

    private static final Logger LOG = System.getLogger(Callers.class.getName());

    /** Whom the server knows. */
    Caller ofServer(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null
                ? Caller.ANONYMOUS
                : new Caller(
                        user.getName(),
                        roles.stream().filter(request::isUserInRole).collect(Collectors.toSet()));
    }

    /** A token that somebody here must take, or null. */
    String tokenForUs(HttpServletRequest request) {
        return new Presented(request, settings).forUs().orElse(null);
    }

    /** Somebody else than the server may know who calls. */
    boolean asksOthers() {
        return tokens.isOn() || !resolvers.isEmpty();
    }

    /**
     * Whom a resolver or a token knows; empty if nobody is known so.
     *
     * @throws ActorException {@code auth.unauthorized}, {@code auth.token_...}, or what else is to be told
     */
    Optional<Known> ofOthers(HttpServletRequest request, String path, String remoteAddress) {
        CallerRequest asked = new Asked(request, path, remoteAddress, new Presented(request, settings));
        for (CallerResolver resolver : resolvers) {
            Optional<ResolvedCaller> known = ask(resolver, asked);
            if (known.isPresent()) {
                return known.map(caller -> known(caller, false));
            }
        }
        return tokens.isOn() ? asked.token().map(tokens::check).map(caller -> known(caller, true)) : Optional.empty();
    }

    /**
     * Somebody who is known.
     *
     * @param expires when that ends, or null
     * @param byToken that was checked here; resolvers may have asked for whom the server knows
     */
    record Known(Caller caller, Instant expires, boolean byToken) {}

    private Known known(ResolvedCaller known, boolean byToken) {
        if (known.expires().isPresent() && !known.expires().get().isAfter(Instant.now())) {
            throw new ActorException(TokenErrors.expired()); // or it would connect again and again
        }
        Set<String> own = known.roles().stream().filter(roles::contains).collect(Collectors.toSet());
        return new Known(
                new Caller(known.name(), own, known.claims()), known.expires().orElse(null), byToken);
    }

    private static Optional<ResolvedCaller> ask(CallerResolver resolver, CallerRequest request) {
        try {
            return Objects.requireNonNull(
                    resolver.resolve(request), "a resolver that knows nobody says so with empty()");
        } catch (UserException e) {
            LOG.log(Level.INFO, "a caller was refused: {0}: {1}", e.code(), e.getMessage());
            throw new ActorException(ActorError.unauthorized());
        } catch (Throwable e) { // the author's
            LOG.log(Level.ERROR, "it could not be found out who calls", e);
            throw new ActorException(ActorError.internal());
        }
    }

    private record Asked(HttpServletRequest request, String path, String remoteAddress, Presented presented)
            implements CallerRequest {

        @Override
        public List<String> headers(String name) {
            return Collections.list(request.getHeaders(name));
        }

        @Override
        public Optional<String> cookie(String name) {
            Cookie[] cookies = request.getCookies();
            return cookies == null
                    ? Optional.empty()
                    : Arrays.stream(cookies)
                            .filter(cookie -> cookie.getName().equals(name))
                            .map(Cookie::getValue)
                            .findFirst();
        }

        @Override
        public Optional<String> token() {
            return presented.token();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.ofNullable(request.getUserPrincipal());
        }
    }
}
