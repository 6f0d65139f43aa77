package org.thespis.testkit;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What a client of an actor has received. What is to come is waited for, with the bound of the kit. */
public final class TestConnectionAssert extends AbstractAssert<TestConnectionAssert, TestConnection> {

    TestConnectionAssert(TestConnection connection) {
        super(connection, TestConnectionAssert.class);
    }

    /** An event of that name with these arguments arrives, or has arrived; numbers are compared by their value. */
    public TestConnectionAssert received(String event, Object... arguments) {
        isNotNull();
        List<Object> expected = Plain.of(Arrays.asList(arguments));
        if (!actual.await(() -> has(event, expected))) {
            failWithMessage(
                    "%s: expected %s%s within %s, but received %s%s",
                    actual, event, expected, Patience.text(actual.patience()), actual.told(), report());
        }
        return this;
    }

    private boolean has(String event, List<Object> expected) {
        return actual.received(event).stream().anyMatch(arguments -> Plain.areSame(arguments, expected));
    }

    /** When the actors have come to rest no event of that name has arrived. */
    public TestConnectionAssert receivedNo(String event) {
        isNotNull();
        actual.link().settle();
        if (!actual.received(event).isEmpty()) {
            failWithMessage("%s: expected no %s, but received %s", actual, event, actual.told());
        }
        return this;
    }

    /** It is closed by then, by whomever. */
    public TestConnectionAssert isClosed() {
        isNotNull();
        if (!actual.await(() -> !actual.isOpen())) {
            failWithMessage("%s: expected to be closed, but is open%s", actual, report());
        }
        return this;
    }

    /** The same, for a reason: {@code group.code}, or what the actor said. */
    public TestConnectionAssert isClosedFor(String reason) {
        isClosed();
        String told = actual.closeReason().orElse("no reason");
        if (!told.equals(reason)) {
            failWithMessage("%s: expected to be closed for %s, but it was for %s", actual, reason, told);
        }
        return this;
    }

    /** When the actors have come to rest nobody has closed it. */
    public TestConnectionAssert isOpen() {
        isNotNull();
        actual.link().settle();
        if (!actual.isOpen()) {
            failWithMessage(
                    "%s: expected to be open, but is closed for %s",
                    actual, actual.closeReason().orElse("no reason"));
        }
        return this;
    }

    /** AssertJ formats what it is given. */
    private String report() {
        return actual.link().report();
    }
}
