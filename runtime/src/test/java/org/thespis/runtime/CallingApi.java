package org.thespis.runtime;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the actor class {@link Calling} implements. */
public interface CallingApi {

    int add(int by);

    CompletionStage<List<Calling.Point>> points(List<Calling.Point> points);

    void other(String... texts);

    default int addTwice(int by) {
        add(by);
        return add(by);
    }
}
