package org.thespis.gateway.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.thespis.gateway.token.CheckedToken.Origin;

/** Who has logged out at an issuer, for as long as tokens of before may live. Any thread. */
final class LogOuts {

    /** The oldest goes first. */
    static final int MAX = 100_000;

    private record Whose(String issuer, boolean session, String id) {}

    private record Noted(LogOut logOut, Instant until) {}

    private final Duration kept;
    private final Clock clock;
    private final Map<Whose, Noted> all = new LinkedHashMap<>(); // the oldest first; guarded by itself
    private final Map<String, Instant> seen = new LinkedHashMap<>(); // tokens by issuer and jti, likewise
    private volatile boolean some;

    LogOuts(Duration kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Notes one.
     *
     * @param token of which there is one alone
     * @return false if that token came before
     */
    boolean add(LogOut logOut, String token) {
        Instant now = clock.instant();
        Instant until = now.plus(kept);
        synchronized (all) {
            tidy(now);
            if (seen.putIfAbsent(token, until) != null) {
                return false;
            }
            boolean ofSession = logOut.session() != null;
            Whose whose = new Whose(logOut.issuer(), ofSession, ofSession ? logOut.session() : logOut.subject());
            Noted before = all.remove(whose);
            boolean isNewer = before == null || logOut.at().isAfter(before.logOut.at());
            all.put(whose, new Noted(isNewer ? logOut : before.logOut, until));
            bound(all);
            bound(seen);
            some = true;
            return true;
        }
    }

    private void tidy(Instant now) {
        tidy(all.values().iterator(), now, Noted::until);
        tidy(seen.values().iterator(), now, until -> until);
    }

    /** As long as they are kept all the same, the oldest are over first. */
    private static <T> void tidy(Iterator<T> oldest, Instant now, Function<T, Instant> until) {
        while (oldest.hasNext() && until.apply(oldest.next()).isBefore(now)) {
            oldest.remove();
        }
    }

    private static void bound(Map<?, ?> map) {
        Iterator<?> oldest = map.entrySet().iterator();
        while (map.size() > MAX) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether who comes from there has logged out. */
    boolean end(Origin origin) {
        if (!some) {
            return false;
        }
        synchronized (all) {
            return end(origin, new Whose(origin.issuer(), true, origin.session()))
                    || end(origin, new Whose(origin.issuer(), false, origin.subject()));
        }
    }

    private boolean end(Origin origin, Whose whose) {
        Noted noted = all.get(whose);
        return noted != null && !noted.until.isBefore(clock.instant()) && noted.logOut.ends(origin);
    }

    boolean some() {
        return some;
    }

    int size() {
        synchronized (all) {
            return all.size();
        }
    }
}
