package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.token.LogOut;
import org.thespis.runtime.message.ActorException;

/** The WebSockets of a user end with the HTTP session. */
class LoginTest {

    private final Map<String, Object> attributes = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private boolean invalid;
    private boolean listenerBreaks;
    private int maxInactiveSeconds = 60;

    private final HttpSession session = stub(HttpSession.class, (name, arguments) -> switch (name) {
        case "getAttribute" -> checked().get((String) arguments[0]);
        case "setAttribute" -> {
            unbind(checked().put((String) arguments[0], arguments[1]));
            yield null;
        }
        case "invalidate" -> {
            checked();
            invalid = true;
            if (listenerBreaks) {
                throw new IllegalArgumentException("what authors do");
            }
            attributes.values().forEach(LoginTest::unbind);
            yield null;
        }
        case "getMaxInactiveInterval" -> {
            checked(); // as on WildFly
            yield maxInactiveSeconds;
        }
        default -> throw new UnsupportedOperationException(name);
    });

    private Map<String, Object> checked() {
        if (invalid) {
            throw new IllegalStateException("the session is over");
        }
        return attributes;
    }

    private static void unbind(Object value) {
        if (value instanceof HttpSessionBindingListener listener) {
            listener.valueUnbound(null);
        }
    }

    private HttpServletRequest request(String user, HttpSession session) {
        Principal principal = user == null ? null : () -> user;
        return stub(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getUserPrincipal" -> principal;
            case "getSession" -> session;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Answers {
        Object of(String method, Object[] arguments);
    }

    @SuppressWarnings("unchecked")
    private static <T> T stub(Class<T> type, Answers answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName(), arguments));
    }

    private SocketClient client(String name, Login login) {
        return new ToldClient(name, null, login, told);
    }

    private Login login(String user) {
        return Login.of(request(user, session));
    }

    @Test
    void allOfASessionAreClosedAndWhatTheySayIsDropped() {
        SocketClient first = client("first", login("alice"));
        login("alice").add(first);
        login("alice").add(client("second", login("alice")));
        assertThat(first.mayCome()).isTrue();
        UserSessions.end(session);
        assertThat(told).containsExactlyInAnyOrder("first auth.logged_out", "second auth.logged_out");
        assertThat(first.mayCome()).isFalse();
        assertThat(invalid).isTrue();
    }

    @Test
    void soTheyAreIfTheServerEndsTheSession() {
        login("alice").add(client("first", login("alice")));
        session.invalidate();
        assertThat(told).containsExactly("first auth.logged_out");
    }

    @Test
    void oneThatCannotBeClosedKeepsNeitherTheOthersNorTheSession() {
        Login login = login("alice");
        login.add(client("broken", login));
        login.add(client("first", login));
        login.add(client("second", login));
        UserSessions.end(session);
        assertThat(told).contains("first auth.logged_out", "second auth.logged_out");
        assertThat(invalid).isTrue();
    }

    @Test
    void twoWindowsMayLogOutAtOnce() {
        UserSessions.end(session);
        assertThat(invalid).isTrue();
        assertThatCode(() -> UserSessions.end(session)).doesNotThrowAnyException();
    }

    @Test
    void whoHasLeftIsNotKept() {
        Login login = login("alice");
        SocketClient first = client("first", login);
        login.add(first);
        first.left();
        session.invalidate();
        assertThat(told).isEmpty();
    }

    @Test
    void whoComesWhileItEndsIsToldToComeAgain() {
        Login login = login("alice");
        session.invalidate();
        assertComesAgain(() -> login.add(client("late", login)));
        assertComesAgain(() -> login("alice"));
    }

    @Test
    void anotherUserInTheSameSessionEndsTheStayOfTheFirst() {
        login("alice").add(client("first", login("alice")));
        login("bob").add(client("second", login("bob")));
        assertThat(told).containsExactly("first auth.logged_out");
    }

    @Test
    void whoIsNotKnownOrNotByASessionHasNone() {
        assertThat(Login.of(request(null, session))).isNull();
        assertThat(Login.of(request("alice", null))).isNull();
    }

    private static long in(long seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void aSessionRunsOutALittleAfterTheServerWouldEndIt() {
        Login login = login("alice");
        assertThat(login.hasRunOut(in(61))).isFalse();
        assertThat(login.hasRunOut(in(66))).isTrue();
        assertThat(login.hasRunOut(in(67))).as("asked for once").isFalse();
        assertThat(login.hasRunOut(in(130))).as("nothing came of it").isTrue();
        login.add(client("first", login));
        login.endSession();
        assertThat(told).containsExactly("first auth.logged_out");
        assertThatCode(login::endSession).doesNotThrowAnyException();
    }

    @Test
    void aTimerThatComesWhenItIsOverFindsNothingToDo() {
        Login login = login("alice");
        login.add(client("slow to leave", login));
        session.invalidate();
        assertThat(login.hasRunOut(in(1))).isFalse();
        assertThat(login.hasRunOut(in(1_000))).isFalse();
    }

    @Test
    void aListenerThatThrowsAsTheSessionEndsKeepsNoWebSocket() {
        Login login = login("alice");
        login.add(client("first", login));
        listenerBreaks = true;
        assertThatThrownBy(login::endSession).hasMessage("what authors do");
        assertThat(told).containsExactly("first auth.logged_out");
    }

    @Test
    void aSessionThatIsOverAndHasNotSaidSoEndsItsWebSocketsAllTheSame() {
        Login login = login("alice");
        login.add(client("first", login));
        listenerBreaks = true;
        assertThatThrownBy(session::invalidate).hasMessage("what authors do");
        assertThat(told).isEmpty();
        assertThat(login.hasRunOut(in(1))).isTrue();
        login.endSession();
        assertThat(told).containsExactly("first auth.logged_out");
        assertThat(login.hasRunOut(in(1_000))).isFalse();
    }

    @Test
    void aLogOutAtTheIssuerIsOfTheLastLoginOfASessionAlsoForWhoCameBefore() {
        SocketClient client = client("first", login("alice"));
        assertThat(client.isEndedBy(logOut("s1"))).isFalse();
        UserSessions.belongsTo(session, "issuer", "alice", "s1", null);
        assertThat(client.isEndedBy(logOut("s1"))).isTrue();
        UserSessions.belongsTo(session, "issuer", "alice", "s2", null);
        assertThat(client.isEndedBy(logOut("s2"))).isTrue();
        assertThat(client.isEndedBy(logOut("s1"))).isFalse();
        assertThat(client("second", login("alice")).isEndedBy(logOut("s2"))).isTrue();
    }

    private static LogOut logOut(String session) {
        return new LogOut("issuer", "alice", session, Instant.now());
    }

    @Test
    void oneOfNoTimeOutNeverRunsOut() {
        maxInactiveSeconds = 0;
        assertThat(login("alice").hasRunOut(in(1_000_000))).isFalse();
        maxInactiveSeconds = -1;
        assertThat(login("alice").hasRunOut(in(1_000_000))).isFalse();
    }

    @Test
    void aRequestKeepsIt() throws InterruptedException {
        Login login = login("alice");
        long almost = in(65);
        while (System.nanoTime() <= almost - TimeUnit.SECONDS.toNanos(65)) {
            Thread.onSpinWait();
        }
        Login.noteUse(request(null, session));
        assertThat(login.hasRunOut(almost)).isFalse();
        session.invalidate();
        assertThatCode(() -> Login.noteUse(request("alice", session))).doesNotThrowAnyException();
        assertThatCode(() -> Login.noteUse(request("alice", null))).doesNotThrowAnyException();
    }

    private static void assertComesAgain(Runnable adding) {
        assertThatThrownBy(adding::run).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo("guard.service_unavailable"));
    }
}
