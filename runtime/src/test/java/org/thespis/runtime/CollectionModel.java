package org.thespis.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thespis.runtime.CollectionsFixture.Item;
import org.thespis.runtime.CollectionsFixture.Message;
import org.thespis.runtime.CollectionsFixture.Room;

/** What the actor is to have. */
final class CollectionModel {
    final List<Message> messages = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final TreeMap<String, Integer> scores = new TreeMap<>();
    final TreeMap<Long, Item> byNumber = new TreeMap<>();
    Item large;
    int plain;

    CollectionModel copy() {
        CollectionModel copy = new CollectionModel();
        copy.messages.addAll(messages);
        items.forEach(item -> copy.items.add(same(item)));
        copy.scores.putAll(scores);
        byNumber.forEach((key, item) -> copy.byNumber.put(key, same(item)));
        copy.large = same(large);
        copy.plain = plain;
        return copy;
    }

    @Override
    public String toString() {
        return show(messages, items, scores, byNumber, large, plain);
    }

    static Item same(Item item) {
        if (item == null) {
            return null;
        }
        Item copy = new Item(item.name);
        copy.tags.addAll(item.tags);
        return copy;
    }

    static String show(Item item) {
        return item == null ? "-" : item.name + item.tags;
    }

    static String show(
            List<Message> messages,
            List<Item> items,
            Map<String, Integer> scores,
            Map<Long, Item> byNumber,
            Item large,
            int plain) {
        StringBuilder shown = new StringBuilder(messages.toString());
        items.forEach(item -> shown.append(show(item)));
        shown.append(scores);
        byNumber.forEach((key, item) -> shown.append(key).append('=').append(show(item)));
        return shown.append(show(large)).append(plain).toString();
    }

    static String show(Room room) {
        return show(room.messages, room.items, room.scores, room.byNumber, room.large.get(), room.plain);
    }
}
