package org.thespis.runtime.declaration;

/** An actor class declares something that cannot work; the deployment is refused. */
public final class DeclarationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeclarationException(int number, String message) {
        super("THESPIS-" + number + ": " + message);
    }
}
