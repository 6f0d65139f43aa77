package org.thespis.runtime.document;

import java.nio.charset.StandardCharsets;
import org.thespis.protocol.value.BindingException;

/** The types that are met most often, without a detour by text. */
enum BasicCodec {
    ;

    static final Codec TEXT = new Codec() {
        @Override
        void write(Object value, JsonOutput out) {
            out.text((String) value);
        }

        @Override
        Object read(JsonInput in) {
            return in.text();
        }

        @Override
        boolean isText() {
            return true;
        }

        @Override
        String toText(Object value) {
            return (String) value;
        }

        @Override
        Object fromText(String text) {
            return text;
        }
    };

    static Codec bool(boolean primitive) {
        return new ScalarCodec(primitive ? false : null) {
            @Override
            void write(Object value, JsonOutput out) {
                out.word((Boolean) value ? "true" : "false");
            }

            @Override
            Object read(JsonInput in) {
                return in.bool();
            }

            @Override
            String toText(Object value) {
                return value.toString();
            }

            @Override
            Object fromText(String text) {
                return new JsonInput(text.getBytes(StandardCharsets.UTF_8)).bool();
            }
        };
    }

    static Codec integer(boolean primitive) {
        return new Whole(primitive ? 0 : null) {
            @Override
            void write(Object value, JsonOutput out) {
                out.number((Integer) value);
            }

            @Override
            Object of(long value) {
                if (value != (int) value) {
                    throw new BindingException("expected int, got " + value, null);
                }
                return (int) value;
            }
        };
    }

    static Codec longInteger(boolean primitive) {
        return new Whole(primitive ? 0L : null) {
            @Override
            void write(Object value, JsonOutput out) {
                out.number((Long) value);
            }

            @Override
            Object of(long value) {
                return value;
            }
        };
    }

    private abstract static class Whole extends ScalarCodec {

        Whole(Object zero) {
            super(zero);
        }

        abstract Object of(long value);

        @Override
        Object read(JsonInput in) {
            return of(in.integer());
        }

        @Override
        String toText(Object value) {
            return value.toString();
        }

        @Override
        Object fromText(String text) {
            try {
                return of(Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw new BindingException("expected an integer, got " + text, e);
            }
        }
    }
}
