package org.thespis.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** What a turn may do to durable collections and to their model; what both answer must be the same. */
abstract class ModelOperations extends CollectionsFixture {

    Random random;
    final List<String> log = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    private int serial;

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private Message message() {
        return new Message("f" + ++serial, "t");
    }

    Item item() {
        return new Item("i" + ++serial);
    }

    void check(String what, Object is, Object expected) {
        if (!Objects.equals(is, expected)) {
            wrong.add(what + ": " + is + " and not " + expected);
        }
    }

    void some(Room room, CollectionModel to) {
        for (int i = random.nextInt(8); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> list(room.messages, to.messages);
                case 1 -> items(room.items, to.items);
                case 2 -> scores(room.scores, to.scores);
                case 3 -> numbers(room, to);
                default -> large(room, to);
            }
        }
    }

    private void list(org.thespis.api.DurableList<Message> is, List<Message> to) {
        int size = to.size();
        check("size", is.size(), size);
        Message one = message();
        int op = random.nextInt(size == 0 ? 4 : 15);
        log.add("messages " + op);
        switch (op) {
            case 0 -> {
                is.addLast(one);
                to.add(one);
            }
            case 1 -> {
                is.addFirst(one);
                to.add(0, one);
            }
            case 2 -> {
                List<Message> some = new ArrayList<>();
                for (int i = random.nextInt(40); i > 0; i--) {
                    some.add(message());
                }
                is.addAll(some);
                to.addAll(some);
            }
            case 3 -> {
                if (chance(30)) {
                    is.clear();
                    to.clear();
                }
                is.add(0, one);
                to.add(0, one);
            }
            case 4 -> check("removeFirst", is.removeFirst(), to.remove(0));
            case 5 -> check("removeLast", is.removeLast(), to.remove(size - 1));
            case 6, 7 -> {
                int at = random.nextInt(size);
                check("set", is.set(at, one), to.set(at, one));
            }
            case 8 -> {
                int at = random.nextInt(size);
                check("get", is.get(at), to.get(at));
            }
            case 9 -> {
                int from = random.nextInt(size);
                int to2 = from + random.nextInt(size - from + 1);
                check("page", is.page(from, to2 - from), to.subList(from, to2));
                check("subList", is.subList(from, to2), to.subList(from, to2));
            }
            case 10 -> {
                int gone = random.nextInt(Math.min(size, 50) + 1);
                is.subList(0, gone).clear();
                to.subList(0, gone).clear();
            }
            case 11 -> check("equals", is.equals(to) && is.hashCode() == to.hashCode(), true);
            case 12 -> {
                is.replaceAll(m -> new Message(m.from(), m.text() + "r"));
                to.replaceAll(m -> new Message(m.from(), m.text() + "r"));
            }
            case 13 -> {
                check("removeLast", is.removeLast(), to.remove(size - 1));
                is.add(null);
                to.add(null);
                is.removeLast();
                to.remove(size - 1);
                is.addFirst(one);
                to.add(0, one);
            }
            default -> {
                check("contains", is.contains(to.get(size / 2)), true);
                check("indexOf", is.indexOf(to.get(size - 1)), to.indexOf(to.get(size - 1)));
            }
        }
    }

    private void items(org.thespis.api.DurableList<Item> is, List<Item> to) {
        int size = to.size();
        int op = random.nextInt(size == 0 ? 3 : 11);
        log.add("items " + op);
        String tag = "t" + ++serial;
        int at = size == 0 ? 0 : random.nextInt(size);
        switch (op) {
            case 0 -> {
                Item one = item();
                Item other = CollectionModel.same(one);
                is.add(one);
                to.add(other);
                one.tags.add(tag);
                other.tags.add(tag);
            }
            case 1 -> {
                Item one = item();
                Item other = CollectionModel.same(one);
                is.addFirst(one);
                is.addLast(one);
                to.add(0, other);
                to.add(other);
                one.tags.add(tag);
                other.tags.add(tag);
            }
            case 2 -> {
                for (int i = random.nextInt(30); i > 0; i--) {
                    Item one = item();
                    is.add(one);
                    to.add(CollectionModel.same(one));
                }
            }
            case 3, 4 -> {
                is.get(at).tags.add(tag);
                to.get(at).tags.add(tag);
            }
            case 5 -> {
                is.mutate(at, item -> item.tags.add(tag));
                to.get(at).tags.add(tag);
            }
            case 6 -> {
                Item gone = is.removeFirst();
                Item other = to.remove(0);
                check("removeFirst", CollectionModel.show(gone), CollectionModel.show(other));
                gone.tags.add("gone");
                other.tags.add("gone"); // which may be at another place, too
            }
            case 7 -> {
                Item last = is.getLast();
                Item other = to.remove(size - 1);
                check("removeLast", CollectionModel.show(is.removeLast()), CollectionModel.show(other));
                last.tags.add("gone");
                other.tags.add("gone");
            }
            case 8 -> {
                Item one = item();
                Item before = is.set(at, one);
                Item other = to.set(at, CollectionModel.same(one));
                check("set", CollectionModel.show(before), CollectionModel.show(other));
                before.tags.add("gone");
                other.tags.add("gone");
            }
            case 9 -> {
                is.set(at, is.get(0));
                to.set(at, to.get(0));
                is.get(0).tags.add(tag);
                to.get(0).tags.add(tag);
            }
            default -> {
                if (chance(30)) {
                    Item one = is.get(at);
                    is.clear();
                    to.clear();
                    one.tags.add("gone");
                }
                Item one = item();
                is.add(one);
                to.add(CollectionModel.same(one));
            }
        }
    }

    private String key() {
        return (chance(20) ? "\ud83d\ude00" : chance(20) ? "\uffee" : "k") + random.nextInt(90);
    }

    private void scores(org.thespis.api.DurableMap<String, Integer> is, TreeMap<String, Integer> to) {
        int op = random.nextInt(14);
        log.add("scores " + op);
        String key = key();
        Integer value = chance(10) ? null : ++serial;
        switch (op) {
            case 0, 1 -> check("put", is.put(key, value), to.put(key, value));
            case 2 -> check("remove", is.remove(key), to.remove(key));
            case 3 -> {
                is.put(key, 1);
                is.remove(key);
                check("put", is.put(key, 3), null);
                to.put(key, 3);
            }
            case 4 -> check("merge", is.merge(key, 7, Integer::sum), to.merge(key, 7, Integer::sum));
            case 5 -> {
                check("get", is.get(key), to.get(key));
                check("containsKey", is.containsKey(key), to.containsKey(key));
            }
            case 6 -> {
                int limit = random.nextInt(100);
                List<String> expected =
                        to.tailMap(key, false).keySet().stream().limit(limit).toList();
                check(
                        "after",
                        is.after(key, limit).stream().map(Map.Entry::getKey).toList(),
                        expected);
            }
            case 7 -> {
                int limit = random.nextInt(100);
                List<String> expected = to.headMap(key, false).descendingKeySet().stream()
                        .limit(limit)
                        .toList();
                check(
                        "before",
                        is.before(key, limit).stream().map(Map.Entry::getKey).toList(),
                        expected);
            }
            case 8 -> {
                String other = key();
                String from = key.compareTo(other) < 0 ? key : other;
                String end = from.equals(key) ? other : key;
                check(
                        "range",
                        is.range(from, end, 1_000).toString(),
                        List.copyOf(to.subMap(from, end).entrySet()).toString());
            }
            case 9 -> {
                int which = random.nextInt(5) + 2;
                Iterator<Map.Entry<String, Integer>> ours = is.entrySet().iterator();
                Iterator<Map.Entry<String, Integer>> theirs = to.entrySet().iterator();
                int i = 0;
                while (theirs.hasNext()) {
                    Map.Entry<String, Integer> one = ours.next();
                    Map.Entry<String, Integer> other = theirs.next();
                    check("entry", one.toString(), other.toString());
                    if (++i % which == 0) {
                        ours.remove();
                        theirs.remove();
                    } else if (i % which == 1) {
                        one.setValue(i);
                        other.setValue(i);
                    }
                }
                check("hasNext", ours.hasNext(), false);
            }
            case 10 -> {
                if (chance(40)) {
                    is.clear();
                    to.clear();
                }
                is.put(key, value);
                to.put(key, value);
            }
            case 11 -> {
                TreeMap<String, Integer> more = new TreeMap<>();
                for (int i = random.nextInt(40); i > 0; i--) {
                    more.put(key(), ++serial);
                }
                is.putAll(more);
                to.putAll(more);
            }
            case 12 -> check("equals", is.equals(to) && is.hashCode() == to.hashCode(), true);
            default -> check(
                    "computeIfPresent",
                    is.computeIfPresent(key, (k, v) -> v % 2 == 0 ? null : v + 1),
                    to.computeIfPresent(key, (k, v) -> v % 2 == 0 ? null : v + 1));
        }
        check("size", is.size(), to.size());
    }

    private void numbers(Room room, CollectionModel to) {
        int op = random.nextInt(8);
        log.add("byNumber " + op);
        long key = random.nextInt(160) - 80;
        String tag = "t" + ++serial;
        switch (op) {
            case 0, 1 -> {
                Item one = item();
                Item other = CollectionModel.same(one);
                check(
                        "put",
                        CollectionModel.show(room.byNumber.put(key, one)),
                        CollectionModel.show(to.byNumber.put(key, other)));
                one.tags.add(tag);
                other.tags.add(tag);
            }
            case 2 -> {
                Item gone = room.byNumber.remove(key);
                check("remove", CollectionModel.show(gone), CollectionModel.show(to.byNumber.remove(key)));
                if (gone != null) {
                    gone.tags.add("gone");
                }
            }
            case 3 -> {
                room.byNumber.mutate(key, item -> item.tags.add(tag));
                to.byNumber.computeIfPresent(key, (k, v) -> {
                    v.tags.add(tag);
                    return v;
                });
            }
            case 4 -> {
                int i = 0;
                for (Map.Entry<Long, Item> entry : room.byNumber.entrySet()) {
                    if (i++ % 7 == 0) {
                        entry.getValue().tags.add(tag);
                        to.byNumber.get(entry.getKey()).tags.add(tag);
                    }
                }
                check("entries", i, to.byNumber.size());
            }
            case 5 -> {
                for (Map.Entry<Long, Item> entry : room.byNumber.before(key, 5)) {
                    entry.getValue().tags.clear();
                    to.byNumber.get(entry.getKey()).tags.clear();
                }
            }
            case 6 -> {
                room.byNumber.keySet().removeIf(k -> k % 11 == 0);
                to.byNumber.keySet().removeIf(k -> k % 11 == 0);
            }
            default -> {
                if (chance(20)) {
                    room.byNumber.clear();
                    to.byNumber.clear();
                }
                Map.Entry<Long, Item> first =
                        room.byNumber.after(null, 1).stream().findFirst().orElse(null);
                check(
                        "first",
                        first == null ? null : first.getKey(),
                        to.byNumber.isEmpty() ? null : to.byNumber.firstKey());
            }
        }
        check("size", room.byNumber.size(), to.byNumber.size());
    }

    private void large(Room room, CollectionModel to) {
        log.add("large");
        if (chance(30)) {
            Item one = chance(30) ? null : item();
            room.large.set(one);
            to.large = CollectionModel.same(one);
        } else if (room.large.isPresent()) {
            String tag = "t" + ++serial;
            room.large.get().tags.add(tag);
            room.large.mutate(item -> item.tags.add(tag));
            to.large.tags.add(tag);
            to.large.tags.add(tag);
        }
        room.plain = ++to.plain;
    }
}
