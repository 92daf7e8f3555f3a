// SPDX-License-Identifier: GPL-3.0-or-later
//! Numbers as people read and type them, to the ends of their ranges.
#include "ui/shared/format.h"

#include <QtTest/QtTest>

#include <limits>

using namespace tallystick;

class TstFormat : public QObject
{
    Q_OBJECT

private slots:
    void writesMoney_data();
    void writesMoney();
    void readsMoney_data();
    void readsMoney();
    void writesTimesInUtcToTheMicrosecond();
    void tellsAges_data();
    void tellsAges();
    void writesDurations();
    void leavesOutTheMiddleOfLongIds();
};

void TstFormat::writesMoney_data()
{
    QTest::addColumn<qint64>("cents");
    QTest::addColumn<QString>("money");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("movement");
    const auto row = [](const char* name, qint64 cents, const char16_t* money,
                        const char16_t* amount, const char16_t* movement) {
        QTest::newRow(name) << cents << QString::fromUtf16(money) << QString::fromUtf16(amount)
                            << QString::fromUtf16(movement);
    };
    row("zero", 0, u"$0.00", u"0.00", u"0.00");
    row("a cent", 1, u"$0.01", u"0.01", u"+0.01");
    row("a cent less", -1, u"\u2212$0.01", u"\u22120.01", u"\u22120.01");
    row("ten dollars", 1000, u"$10.00", u"10.00", u"+10.00");
    row("a thousand", 100000, u"$1,000.00", u"1,000.00", u"+1,000.00");
    row("the most stored", 2147483647, u"$21,474,836.47", u"21,474,836.47", u"+21,474,836.47");
    row("the most", std::numeric_limits<qint64>::max(), u"$92,233,720,368,547,758.07",
        u"92,233,720,368,547,758.07", u"+92,233,720,368,547,758.07");
    row("the least", std::numeric_limits<qint64>::min(), u"\u2212$92,233,720,368,547,758.08",
        u"\u221292,233,720,368,547,758.08", u"\u221292,233,720,368,547,758.08");
}

void TstFormat::writesMoney()
{
    QFETCH(qint64, cents);
    QTEST(format::money(Credits::of(cents)), "money");
    QTEST(format::amount(Credits::of(cents)), "amount");
    QTEST(format::signedAmount(Credits::of(cents)), "movement");
    // What is written can be typed again.
    QCOMPARE(format::parsedMoney(format::signedAmount(Credits::of(cents))), Credits::of(cents));
}

void TstFormat::readsMoney_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<std::optional<Credits>>("credits");
    const auto reads = [](const char* typed, qint64 cents) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << std::optional(Credits::of(cents));
    };
    reads("8", 800);
    reads("8.5", 850);
    reads("08.50", 850);
    reads(" $8.05 ", 805);
    reads("+3", 300);
    reads("-3.50", -350);
    reads("\u22123.50", -350);
    reads("-$3.50", -350);
    reads("1,234.56", 123456);
    reads("0.01", 1);
    for (const char* typed :
         {"", "abc", "1.2.3", "8.001", "1e3", "0x10", "--3", "$", ".", "1,23", "12,34,567", "٣",
          "8 0", "nan", "inf", "99999999999999999999", "92233720368547758.08"})
        QTest::addRow("not %s", typed) << QString::fromUtf8(typed) << std::optional<Credits>();
}

void TstFormat::readsMoney()
{
    QFETCH(QString, typed);
    QFETCH(std::optional<Credits>, credits);
    QCOMPARE(format::parsedMoney(typed), credits);
}

void TstFormat::writesTimesInUtcToTheMicrosecond()
{
    const Instant at{1'777'644'131'482'913}; // 2026-05-01 14:02:11.482913
    QCOMPARE(format::time(at), QStringLiteral("2026-05-01 14:02:11"));
    QCOMPARE(format::preciseTime(at), QStringLiteral("2026-05-01 14:02:11.482913"));
    QCOMPARE(format::date(at), QStringLiteral("2026-05-01"));
    QCOMPARE(format::preciseTime(Instant{-1}), QStringLiteral("1969-12-31 23:59:59.999999"));
}

void TstFormat::tellsAges_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("said");
    QTest::newRow("now") << qint64(5) << QStringLiteral("just now");
    QTest::newRow("minutes") << qint64(300) << QStringLiteral("5 min ago");
    QTest::newRow("hours") << qint64(3 * 3600 + 59 * 60) << QStringLiteral("3 h ago");
    QTest::newRow("days") << qint64(2 * 86400) << QStringLiteral("2 d ago");
    QTest::newRow("months") << qint64(90 * 86400) << QStringLiteral("3 months ago");
    QTest::newRow("years") << qint64(800 * 86400) << QStringLiteral("2 years ago");
}

void TstFormat::tellsAges()
{
    QFETCH(qint64, seconds);
    const Instant now{2'000'000'000'000'000};
    QTEST(format::age(Instant{now.micros - seconds * 1'000'000}, now), "said");
}

void TstFormat::writesDurations()
{
    QCOMPARE(format::duration(850), QStringLiteral("850 µs"));
    QCOMPARE(format::duration(31'249), QStringLiteral("31.2 ms"));
    QCOMPARE(format::duration(4'200'000), QStringLiteral("4.20 s"));
}

void TstFormat::leavesOutTheMiddleOfLongIds()
{
    QCOMPARE(format::elided(QStringLiteral("short"), 11), QStringLiteral("short"));
    const QString cut = format::elided(QStringLiteral("abcdefghijklmnop"), 11);
    QCOMPARE(cut, QStringLiteral("abcde…lmnop"));
    QCOMPARE(cut.size(), 11);
}

QTEST_GUILESS_MAIN(TstFormat)
#include "tst_format.moc"
