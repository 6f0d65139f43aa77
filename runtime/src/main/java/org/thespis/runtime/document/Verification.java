package org.thespis.runtime.document;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When what was written is read back and compared, see {@link StateField#verify}. One for a server; any thread. */
public final class Verification {

    /** How often. */
    public enum Policy {
        /** Each value that is written. */
        ALWAYS,
        /** The first that is written of each field and each class of value. */
        FIRST,
        /** None. */
        NEVER
    }

    /** Bounded by the fields of the application and the classes that the platform and their declarations name. */
    private record Seen(StateField field, Class<?> type) {}

    private final Policy policy;
    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();

    public Verification(Policy policy) {
        this.policy = policy;
    }

    /**
     * Verifies the value of a field that was just written, if its time has come.
     *
     * @param written holds the value from {@code from} to before {@code to}
     * @throws org.thespis.protocol.value.BindingException if another value would come back; then the next one is verified again
     */
    public void check(StateField field, Object bean, byte[] written, int from, int to) {
        if (policy == Policy.NEVER) {
            return;
        }
        Seen one = new Seen(field, field.valueClass(bean));
        if (policy == Policy.ALWAYS || !seen.contains(one)) {
            field.verify(bean, written, from, to);
            seen.add(one);
        }
    }
}
