package org.thespis.api;

/**
 * JavaScript's {@code undefined}. Parameters of type {@code Object} see it where a client sent it; all other types see
 * null. Returned or sent, it reaches the client as {@code undefined}.
 */
public enum Undefined {
    UNDEFINED
}
