// SPDX-License-Identifier: GPL-3.0-or-later
//! Credits add and subtract exactly, or say that they cannot.
#include "ledger/core/credits.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

constexpr qint64 lowest = std::numeric_limits<qint64>::min();
constexpr qint64 highest = std::numeric_limits<qint64>::max();

} // namespace

class tst_Credits final : public QObject
{
    Q_OBJECT

private slots:
    void beginAtZero()
    {
        QCOMPARE(Credits().value(), 0);
        QVERIFY(Credits().isZero());
        QVERIFY(!Credits().isNegative());
        QVERIFY(Credits::of(-1).isNegative());
    }

    void knowTheRangeOfTheColumns_data()
    {
        QTest::addColumn<qint64>("cents");
        QTest::addColumn<bool>("fits");
        QTest::newRow("zero") << qint64(0) << true;
        QTest::newRow("highest stored") << qint64(2147483647) << true;
        QTest::newRow("one above") << qint64(2147483648) << false;
        QTest::newRow("lowest stored") << qint64(-2147483648) << true;
        QTest::newRow("one below") << qint64(-2147483649) << false;
        QTest::newRow("highest") << highest << false;
        QTest::newRow("lowest") << lowest << false;
    }

    void knowTheRangeOfTheColumns()
    {
        QFETCH(qint64, cents);
        QFETCH(bool, fits);
        QCOMPARE(Credits::of(cents).fitsStorage(), fits);
    }

    void addExactlyOrNotAtAll_data()
    {
        QTest::addColumn<qint64>("a");
        QTest::addColumn<qint64>("b");
        QTest::addColumn<bool>("sumExists");
        QTest::addColumn<bool>("differenceExists");
        QTest::newRow("small") << qint64(300) << qint64(-500) << true << true;
        QTest::newRow("beyond doubles") << ((qint64(1) << 53) + 1) << qint64(2) << true << true;
        QTest::newRow("top and one") << highest << qint64(1) << false << true;
        QTest::newRow("bottom and one") << lowest << qint64(1) << true << false;
        QTest::newRow("bottom and minus one") << lowest << qint64(-1) << false << true;
        QTest::newRow("both ends") << highest << lowest << true << false;
        QTest::newRow("top twice") << highest << highest << false << true;
        QTest::newRow("bottom twice") << lowest << lowest << false << true;
        QTest::newRow("zero and bottom") << qint64(0) << lowest << true << false;
    }

    void addExactlyOrNotAtAll()
    {
        QFETCH(qint64, a);
        QFETCH(qint64, b);
        QFETCH(bool, sumExists);
        QFETCH(bool, differenceExists);
        const auto sum = Credits::of(a).plus(Credits::of(b));
        const auto difference = Credits::of(a).minus(Credits::of(b));
        QCOMPARE(sum.has_value(), sumExists);
        QCOMPARE(difference.has_value(), differenceExists);
        if (sum)
            QCOMPARE(sum->value(), a + b);
        if (difference)
            QCOMPARE(difference->value(), a - b);
    }

    void haveAnOppositeButForOne()
    {
        QCOMPARE(Credits::of(5).negated()->value(), -5);
        QCOMPARE(Credits::of(highest).negated()->value(), -highest);
        QVERIFY(!Credits::of(lowest).negated());
    }

    void compareAsNumbers()
    {
        QVERIFY(Credits::of(-1) < Credits::of(0));
        QVERIFY(Credits::storedMin() < Credits::storedMax());
        QVERIFY(Credits::of(7) == Credits::of(7));
    }
};

QTEST_GUILESS_MAIN(tst_Credits)
#include "tst_credits.moc"
