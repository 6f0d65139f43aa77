package org.thespis.runtime.document;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.State;
import org.thespis.runtime.document.FormatOneTypes.Angle;
import org.thespis.runtime.document.FormatOneTypes.Animal;
import org.thespis.runtime.document.FormatOneTypes.Cat;
import org.thespis.runtime.document.FormatOneTypes.Color;
import org.thespis.runtime.document.FormatOneTypes.Dog;
import org.thespis.runtime.document.FormatOneTypes.Link;
import org.thespis.runtime.document.FormatOneTypes.Player;
import org.thespis.runtime.document.FormatOneTypes.Position;
import org.thespis.runtime.document.FormatOneTypes.Purse;
import org.thespis.runtime.document.FormatOneTypes.Ticket;
import org.thespis.runtime.document.FormatOneTypes.WithOptional;

/** State of all the types that documents of format 1 brought back; {@code format-1.json} was written from a filled one. */
@Actor("formatOne")
public class FormatOneState extends FormatOneCollections {

    @State
    double d1;

    @State
    float f1;

    @State
    double maxDouble;

    @State
    long big;

    @State
    char ch;

    @State
    short sh;

    @State
    byte by;

    @State
    Double boxedNull;

    @State
    Long boxedLong;

    @State
    Character boxedChar;

    @State
    Float boxedFloat;

    @State
    BigDecimal bd;

    @State
    BigDecimal bdScale;

    @State
    BigDecimal bdBig;

    @State
    BigInteger bi;

    @State
    String text;

    @State
    String nul;

    @State
    String emptyText;

    @State
    String nullText;

    @State
    LocalDate date;

    @State
    LocalDateTime dateTime;

    @State
    Instant instant;

    @State
    ZonedDateTime zoned;

    @State
    OffsetDateTime offset;

    @State
    Duration duration;

    @State
    Period period;

    @State
    LocalTime time;

    @State
    Date oldDate;

    @State
    ZoneId zone;

    @State
    ZoneOffset zoneOffset;

    @State
    DayOfWeek day;

    @State
    YearMonth yearMonth;

    @State
    MonthDay monthDay;

    @State
    Timestamp timestamp;

    @State
    OffsetTime offsetTime;

    @State
    UUID uuid;

    @State
    URI uri;

    @State
    URL url;

    @State
    Path path;

    @State
    JsonObject jsonObject;

    @State
    JsonArray jsonArray;

    @State
    Color color;

    @State
    Color colorBody;

    @State
    Position position;

    @State
    Player player;

    @State
    Player playerNulls;

    @State
    WithOptional withOpt;

    @State
    WithOptional withOptEmpty;

    @State
    Purse purse;

    @State
    List<Purse> purses;

    @State
    Ticket ticket;

    @State
    Map<String, Ticket> tickets;

    @State
    Angle angle;

    @State
    List<Angle> angles;

    @State
    List<Animal> animals;

    @State
    Map<String, Animal> animalMap;

    @State
    Optional<Animal> optAnimal;

    @State
    Link link;

    @State
    private int privateState;

    @State
    volatile int volatileState;

    @Action
    public void later() {
        // planned in the document
    }

    @Action
    public void fill() {
        fillScalars();
        fillCollections();
        fillTimes();
        fillObjects();
    }

    /** The fields that are not as {@link #fill} leaves them. */
    @Action
    public List<String> differences() {
        return SameFields.differences(this, filled());
    }

    @Action
    public void change() {
        text = "changed";
    }

    /** The fields that are not as nobody has set them. */
    @Action
    public List<String> set() {
        return SameFields.differences(this, new FormatOneState());
    }

    static FormatOneState filled() {
        FormatOneState state = new FormatOneState();
        state.fill();
        return state;
    }

    private void fillScalars() {
        d1 = 0.1 + 0.2;
        f1 = 0.1f;
        maxDouble = Double.MAX_VALUE;
        big = (1L << 53) + 1;
        ch = 'ä';
        sh = -3;
        by = -7;
        boxedLong = Long.MAX_VALUE;
        boxedChar = 'x';
        boxedFloat = 3.4028235e38f;
        bd = new BigDecimal("123456789012345678901234567890.123456789012345678901234567890");
        bdScale = new BigDecimal("1.10");
        bdBig = new BigDecimal("1E+400");
        bi = BigInteger.TWO.pow(200).add(BigInteger.ONE);
        text = "\"\\\u2028 \uD83D\uDE00";
        nul = "a\u0000b\u001f";
        emptyText = "";
        privateState = 6;
        volatileState = 7;
    }

    private void fillTimes() {
        date = LocalDate.of(-5, 1, 2);
        dateTime = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123456789);
        instant = Instant.ofEpochSecond(1_700_000_000L, 123456789);
        zoned = ZonedDateTime.of(dateTime, ZoneId.of("Europe/Berlin"));
        offset = OffsetDateTime.of(dateTime, ZoneOffset.ofHours(3));
        duration = Duration.ofMillis(90_061_001);
        period = Period.of(1, 2, 3);
        time = LocalTime.of(1, 2, 3, 4);
        oldDate = new Date(1_700_000_000_123L);
        zone = ZoneId.of("Europe/Berlin");
        zoneOffset = ZoneOffset.ofHours(2);
        day = DayOfWeek.MONDAY;
        yearMonth = YearMonth.of(2026, 3);
        monthDay = MonthDay.of(3, 4);
        timestamp = new Timestamp(1_700_000_000_123L);
        offsetTime = OffsetTime.of(time, ZoneOffset.UTC);
    }

    private void fillObjects() {
        uuid = new UUID(3, 4);
        uri = URI.create("http://x/y?z");
        try {
            url = new URL("http://x/y");
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
        path = Path.of("a/x");
        jsonObject = Json.createObjectBuilder()
                .add("a", 1)
                .addNull("b")
                .add("c", "d")
                .build();
        jsonArray = Json.createArrayBuilder().add(1.5).add(true).add(jsonObject).build();
        color = Color.RED;
        colorBody = Color.GREEN;
        position = P;
        player = PLAYER;
        playerNulls = new Player(null, null, null);
        withOpt = new WithOptional(Optional.of("n"), OptionalInt.of(4));
        withOptEmpty = new WithOptional(Optional.empty(), OptionalInt.empty());
        purse = new Purse();
        purse.setCoins(3);
        purses = new ArrayList<>(List.of(purse));
        ticket = new Ticket(8);
        tickets = new HashMap<>(Map.of("t", ticket));
        angle = new Angle(90);
        angles = new ArrayList<>(List.of(angle));
        animals = new ArrayList<>(List.of(new Dog("rex"), new Cat(9)));
        animalMap = new HashMap<>(Map.of("a", new Dog("rex")));
        optAnimal = Optional.of(new Dog("rex"));
        link = null;
        for (int i = 0; i < 100; i++) {
            Link one = new Link();
            one.name = "link " + i;
            one.next = link;
            link = one;
        }
    }
}
