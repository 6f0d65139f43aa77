package org.thespis.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.runtime.message.ActorException;

class GatewayPathTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/gateway/room/connect,        '',   /gateway/room/connect",
                "/gateway/room/request/a/b,    '',   /gateway/room/request/a/b",
                "/gateway/room/request/,       '',   /gateway/room/request/",
                "/gateway/room/request/a%20b,  '',   /gateway/room/request/a b",
                "/gateway/%72oom/connect,      '',   /gateway/room/connect",
                "/gateway/room/request/%C3%A9, '',   /gateway/room/request/é",
                "/gateway/room/request/a+b,    '',   /gateway/room/request/a+b",
                "/gateway/room/request/...,    '',   /gateway/room/request/...",
                "/gateway/id@token/connect,    '',   /gateway/id@token/connect",
                "/app/gateway/room/connect,    /app, /gateway/room/connect",
                "/,                            '',   /",
            })
    void aPlainPathIsDecoded(String raw, String context, String plain) {
        assertThat(GatewayPath.plain(raw, context, plain)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/gateway/evil/request/../../../../gateway/pub/request/y",
                "/gateway/pub/../evil/request/y",
                "/gateway/pub/./request/y",
                "/gateway/pub/request/..",
                "/gateway/pub/%2e%2e/evil/request/y",
                "/gateway/pub/request/%2E",
                "/gateway//evil/request/y",
                "//gateway/evil/request/y",
                "/gateway/evil;x=y/request/y",
                "/gateway;/evil/request/y",
                "/gateway/evil/request/y;jsessionid=1",
                "/gateway/ev%2Fil/request/y",
                "/gateway/ev%2fil/request/y",
                "/gateway/ev%5Cil/request/y",
                "/gateway/ev\\il/request/y",
                "/gateway/evil/request/a%00b",
                "/gateway/evil/request/a%0d%0ab",
                "/gateway/evil/request/a%7F",
                "/gateway/evil/request/a%",
                "/gateway/evil/request/a%4",
                "/gateway/evil/request/a%zz",
                "/gateway/evil/request/%ff",
                "/gateway/evil/request/%c0%ae",
                "gateway/evil",
                "",
                "*",
                "http://localhost/gateway/evil",
            })
    void aPathThatOthersMayReadOtherwiseIsRefused(String raw) {
        assertThatThrownBy(() -> GatewayPath.plain(raw, "", raw)).isInstanceOf(ActorException.class);
    }

    @Test
    void aPathThatTheServerHasUnderstoodOtherwiseIsRefused() {
        assertThatThrownBy(() -> GatewayPath.plain("/gateway/a/connect", "", "/gateway/b/connect"))
                .isInstanceOf(ActorException.class);
    }

    @Test
    void aPathOutsideOfTheContextIsRefused() {
        assertThatThrownBy(() -> GatewayPath.plain("/apple/gateway/a/connect", "/app", "/le/gateway/a/connect"))
                .isInstanceOf(ActorException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/gateway/room/connect,          room, connect,   ''",
        "/gateway/room/connect/x,        room, connect,   /x",
        "/gateway/room/request,          room, request,   ''",
        "/gateway/room/request/,         room, request,   /",
        "/gateway/room/websocket/a/b,    room, websocket, /a/b",
        "/gateway/room,                  room, '',        ''",
        "/gateway/,                      '',   '',        ''",
    })
    void itHasATargetAKindAndARest(String path, String target, String kind, String rest) {
        assertThat(GatewayPath.parse(path)).isEqualTo(new GatewayPath(target, kind, rest));
    }

    @Test
    void anActorSeesAtLeastASlash() {
        assertThat(GatewayPath.parse("/gateway/room/request").subPath()).isEqualTo("/");
        assertThat(GatewayPath.parse("/gateway/room/request/a").subPath()).isEqualTo("/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/gateway", "/gate/room/connect", "/actors"})
    void elsewhereThereAreNoActors(String path) {
        assertThatThrownBy(() -> GatewayPath.parse(path)).isInstanceOf(ActorException.class);
    }
}
