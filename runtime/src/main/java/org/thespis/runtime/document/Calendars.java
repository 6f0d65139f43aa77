package org.thespis.runtime.document;

import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;

/** What makes a calendar equal to another, apart and together. */
final class Calendars {

    private Calendars() {}

    static Object[] apart(Object value) {
        GregorianCalendar calendar = (GregorianCalendar) value;
        return new Object[] {
            calendar.getTimeZone(),
            calendar.isLenient(),
            (long) calendar.getFirstDayOfWeek(),
            (long) calendar.getMinimalDaysInFirstWeek(),
            calendar.getGregorianChange().getTime(),
            calendar.getTimeInMillis()
        };
    }

    static Object together(List<Object> parts) {
        GregorianCalendar calendar = new GregorianCalendar((TimeZone) parts.get(0));
        calendar.setLenient((Boolean) parts.get(1));
        calendar.setFirstDayOfWeek(Math.toIntExact((Long) parts.get(2)));
        calendar.setMinimalDaysInFirstWeek(Math.toIntExact((Long) parts.get(3)));
        calendar.setGregorianChange(new Date((Long) parts.get(4)));
        calendar.setTimeInMillis((Long) parts.get(5));
        return calendar;
    }
}
