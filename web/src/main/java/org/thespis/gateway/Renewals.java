package org.thespis.gateway;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.thespis.api.spi.CallerRequest;
import org.thespis.gateway.Callers.Known;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.token.TokenErrors;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.PackedRequest;

/** Checks the fresh tokens of all connections, some at a time, as those of their handshakes were. Any thread. */
final class Renewals {

    /** Checks at a time: a resolver is code of the application, and may wait for ever. */
    static final int MAX_CHECKS = 8;

    private final Supplier<Callers> callers;
    private final Executor executor;
    private final Semaphore places = new Semaphore(MAX_CHECKS);

    /** @param executor may wait */
    Renewals(Supplier<Callers> callers, Executor executor) {
        this.callers = callers;
        this.executor = executor;
    }

    /**
     * Runs a check in a thread that may wait.
     *
     * @throws ActorException {@code guard.service_unavailable} if too many run
     */
    void run(Runnable check) {
        if (!places.tryAcquire()) {
            throw GatewayErrors.unavailable();
        }
        try {
            executor.execute(() -> {
                try {
                    check.run();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            throw GatewayErrors.unavailable();
        }
    }

    /**
     * Who a client is by a fresh token.
     *
     * @param request by which it came
     * @param before who it was
     * @throws ActorException as for a handshake, and {@code auth.token_of_another_user}
     */
    Known check(PackedRequest request, Known before, String token) {
        Known fresh = callers.get().of(new Renewed(request, token)).orElseThrow(TokenErrors::invalid);
        if (!fresh.isOfUser(before)) {
            throw TokenErrors.ofAnotherUser();
        }
        return fresh;
    }

    /** Whether the user has logged out at the issuer of a token that was good. */
    boolean isLoggedOut(Known fresh) {
        return fresh.byToken() && callers.get().tokens().isLoggedOut(fresh.origin());
    }

    /** The request of a handshake as actors are shown it, with another token; whom the server knew then it may know no more. */
    private record Renewed(PackedRequest request, String fresh) implements CallerRequest {

        @Override
        public String path() {
            return request.path();
        }

        @Override
        public List<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public Optional<String> cookie(String name) {
            return Optional.ofNullable(request.cookies().get(name));
        }

        @Override
        public Optional<String> token() {
            return Optional.of(fresh);
        }

        @Override
        public String remoteAddress() {
            return request.remoteAddress();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.empty();
        }

        /** Without the token: texts go into logs. */
        @Override
        public String toString() {
            return "a fresh token for " + request;
        }
    }
}
