package org.thespis.gateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.thespis.gateway.admission.GatewaySettings.Access;
import org.thespis.gateway.admission.GatewaySettings.Allowances;
import org.thespis.gateway.admission.GatewaySettings.Deadlines;
import org.thespis.gateway.admission.GatewaySettings.Sizes;
import org.thespis.gateway.token.TokenSettings;
import org.thespis.runtime.message.Caller;

/** Settings and requests for tests. */
public final class Fixtures {

    public static final Sizes SIZES = new Sizes(100, 100, 1_000, 40, 1_000, 20, 30, 2_000, 1_000, 3);
    public static final Access CLOSED = new Access(List.of(), List.of(), List.of(), Management.CLOSED);
    public static final TokenSettings NO_TOKENS = tokens("");
    static final Allowance PLENTY = new Allowance(1_000, 1_000, 1_000, 1_000, 1_000_000);

    private Fixtures() {}

    /** Nobody's tokens count; one may come in that parameter. */
    public static TokenSettings tokens(String parameter) {
        Duration second = Duration.ofSeconds(1);
        return new TokenSettings(
                List.of(),
                Set.of(),
                Set.of(),
                second,
                100,
                10,
                parameter,
                "sub",
                List.of(),
                List.of(),
                second,
                second.multipliedBy(2));
    }

    public static GatewaySettings settings() {
        return settings(CLOSED);
    }

    static GatewaySettings settings(Access access) {
        Duration second = Duration.ofSeconds(1);
        return new GatewaySettings(
                SIZES,
                new Deadlines(second, second, second, second, second.multipliedBy(2)),
                plenty(),
                access,
                NO_TOKENS,
                "default",
                "");
    }

    static Allowances plenty() {
        return new Allowances(PLENTY, PLENTY, PLENTY, PLENTY);
    }

    /** A place for one connection that may have so many bytes on their way. */
    public static Place place(long bytes) {
        Allowance small = new Allowance(10, 10, 10, 10, bytes);
        return new Quotas(new Allowances(small, small, small, small))
                .of("192.0.2.1", Caller.ANONYMOUS)
                .connect();
    }

    static RequestHead head(String host, String origin) {
        return new RequestHead("192.0.2.1", false, null, null, host, origin, null, Caller.ANONYMOUS, null);
    }
}
