package org.thespis.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.api.ActorResponse;
import org.thespis.runtime.message.ActorError;

class ErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "actor,     gone,                   503",
        "user,      gone,                   410",
        "actor,     not_found,              404",
        "user,      not_found,              404",
        "user,      unauthorized,           401",
        "user,      payment_required,       402",
        "user,      forbidden,              403",
        "user,      conflict,               409",
        "user,      no_entry,               400",
        "user,      internal_error,         400",
        "rivetkit,  internal_error,         500",
        "guard,     too_many_requests,      429",
        "user,      too_many_requests,      429",
        "guard,     request_head_too_large, 431",
        "actor,     overloaded,             503",
        "actor,     invalid_request,        400",
        "auth,      token_not_accepted,     401",
        "auth,      management_closed,      403",
        "guard,     host_not_allowed,       421",
        "actor,     idempotency_key_reused, 422",
        "user,      idempotency_key_reused, 400",
        "message,   incoming_too_long,      413",
    })
    void theStatusIsThatOfGroupAndCode(String group, String code, int status) {
        assertThat(Errors.status(ActorError.of(group, code, "m"))).isEqualTo(status);
    }

    @Test
    void anErrorWhoseMetadataCannotBeCarriedIsAnsweredAllTheSame() {
        ActorError error = new ActorError("user", "no", "No", "\ud800");
        ActorResponse answer = Answers.error(error);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{");
        assertThat(answer.headers()).containsKey("x-rivet-error");
    }
}
