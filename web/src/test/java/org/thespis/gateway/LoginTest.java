package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.admission.Fixtures;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The WebSockets of a user end with the HTTP session. */
class LoginTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Map<String, Object> attributes = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private boolean invalid;

    private final HttpSession session = stub(HttpSession.class, (name, arguments) -> switch (name) {
        case "getAttribute" -> checked().get((String) arguments[0]);
        case "setAttribute" -> {
            unbind(checked().put((String) arguments[0], arguments[1]));
            yield null;
        }
        case "invalidate" -> {
            checked();
            invalid = true;
            attributes.values().forEach(LoginTest::unbind);
            yield null;
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
        return new SocketClient(
                new SocketLine(null, null, Fixtures.place(40), null, login, LONG), Fixtures.settings()) {
            @Override
            void text(String text, int size) {}

            @Override
            void binary(byte[] bytes) {}

            @Override
            void closed(int code, String reason) {}

            @Override
            void connectTimedOut() {}

            @Override
            void askForEnd(Command.End command) {}

            @Override
            void refuse(ActorError error) {
                told.add(name + " " + error.reason());
                if (name.equals("broken")) {
                    throw new IllegalStateException(name);
                }
            }

            @Override
            public Prepared prepare(Output output) {
                return null;
            }
        };
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

    private static void assertComesAgain(Runnable adding) {
        assertThatThrownBy(adding::run).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo("guard.service_unavailable"));
    }
}
