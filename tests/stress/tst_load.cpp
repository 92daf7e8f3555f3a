// SPDX-License-Identifier: GPL-3.0-or-later
//! Levels over time and the schedule of intended times that follows from them.
#include "ledger/stress/schedule.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace tallystick;

namespace {

LoadProfile ramp(double from, double seconds)
{
    return {.kind = LoadProfile::Kind::Ramp, .from = from, .seconds = seconds};
}
LoadProfile steps(const QList<double>& levels, double seconds)
{
    return {.kind = LoadProfile::Kind::Steps, .levels = levels, .seconds = seconds};
}
LoadProfile spike(double at, double level, double seconds)
{
    return {.kind = LoadProfile::Kind::Spike, .at = at, .level = level, .seconds = seconds};
}

Plan planOf(const QByteArray& load, const QByteArray& until = R"({"seconds": 10})")
{
    return {std::get<Scenario>(parseScenario(R"({"name": "x", "until": )" + until + R"(, "mix": [
        {"operation": "read", "weight": 1}], "load": {"model": "open", )" +
                                             load + "}}")),
            QStringLiteral("r")};
}

std::vector<Due> allOf(const Plan& plan)
{
    Schedule schedule(plan);
    std::vector<Due> all;
    while (const auto due = schedule.take())
        all.push_back(*due);
    return all;
}

} // namespace

class TestLoad final : public QObject
{
    Q_OBJECT
private slots:
    void levelsFollowTheProfile_data();
    void levelsFollowTheProfile();
    void timesInvertTheArea_data();
    void timesInvertTheArea();
    void constantArrivalsAreEven();
    void poissonArrivalsAreExponentialAndRepeatable();
    void aRampCrowdsTheEnd();
    void aPauseHoldsNoArrival();
    void aScheduleEndsByNumberToo();
    void aScheduleHoldsNoMoreThanARunMay();
    void theBacklogIsWhatIsDueAndNotTaken();
    void aTurnLastsUntilTheClientIsDueAgain();
};

void TestLoad::levelsFollowTheProfile_data()
{
    QTest::addColumn<LoadProfile>("profile");
    QTest::addColumn<double>("at");
    QTest::addColumn<double>("level");
    QTest::addColumn<double>("area"); // until then
    QTest::newRow("constant") << LoadProfile{} << 3.0 << 100.0 << 300.0;
    QTest::newRow("ramp begins") << ramp(20, 4) << 0.0 << 20.0 << 0.0;
    QTest::newRow("ramp half") << ramp(20, 4) << 2.0 << 60.0 << 80.0;
    QTest::newRow("ramp over") << ramp(20, 4) << 5.0 << 100.0 << 340.0;
    QTest::newRow("ramp down") << ramp(200, 4) << 2.0 << 150.0 << 350.0;
    QTest::newRow("second step") << steps({10, 50}, 2) << 3.0 << 50.0 << 70.0;
    QTest::newRow("steps over") << steps({10, 50}, 2) << 5.0 << 100.0 << 220.0;
    QTest::newRow("before the spike") << spike(2, 500, 1) << 1.5 << 100.0 << 150.0;
    QTest::newRow("in the spike") << spike(2, 500, 1) << 2.5 << 500.0 << 450.0;
    QTest::newRow("after the spike") << spike(2, 500, 1) << 4.0 << 100.0 << 800.0;
}

void TestLoad::levelsFollowTheProfile()
{
    QFETCH(LoadProfile, profile);
    QFETCH(double, at);
    const LoadCurve curve(profile, 100);
    QTEST(curve.levelAt(at), "level");
    QTEST(curve.areaUntil(at), "area");
}

void TestLoad::timesInvertTheArea_data()
{
    QTest::addColumn<LoadProfile>("profile");
    QTest::newRow("constant") << LoadProfile{};
    QTest::newRow("ramp") << ramp(0, 4);
    QTest::newRow("ramp down") << ramp(300, 4);
    QTest::newRow("hardly a ramp") << ramp(100.0000001, 4);
    QTest::newRow("steps") << steps({10, 0, 50}, 1.5);
    QTest::newRow("spike") << spike(2, 500, 1);
}

void TestLoad::timesInvertTheArea()
{
    QFETCH(LoadProfile, profile);
    const LoadCurve curve(profile, 100);
    double last = -1;
    for (double area = 0; area < 1'000; area += 0.7) {
        const double seconds = curve.timeOf(area);
        QVERIFY2(std::abs(curve.areaUntil(seconds) - area) < 1e-6,
                 qPrintable(QString::number(area)));
        QVERIFY(seconds >= last);
        last = seconds;
    }
}

void TestLoad::constantArrivalsAreEven()
{
    const auto all = allOf(planOf(R"("ratePerSecond": 250)"));
    QCOMPARE(all.size(), std::size_t(2'500));
    for (std::size_t k = 0; k < all.size(); ++k) {
        QCOMPARE(all[k].ordinal, qint64(k));
        QCOMPARE(all[k].micros, qint64(k) * 4'000);
    }
}

void TestLoad::poissonArrivalsAreExponentialAndRepeatable()
{
    const QByteArray load = R"("ratePerSecond": 2000, "arrivals": "poisson")";
    const auto all = allOf(planOf(load));
    const auto again = allOf(planOf(load));
    // 20,000 are expected, with a standard deviation of 141.
    QVERIFY2(std::abs(double(all.size()) - 20'000) < 700, qPrintable(QString::number(all.size())));
    QCOMPARE(again.size(), all.size());
    qint64 beyondTwoMeans = 0;
    for (std::size_t k = 1; k < all.size(); ++k) {
        QCOMPARE(again[k].micros, all[k].micros);
        beyondTwoMeans += all[k].micros - all[k - 1].micros > 1'000 ? 1 : 0;
    }
    const double share = double(beyondTwoMeans) / double(all.size());
    QVERIFY2(std::abs(share - std::exp(-2)) < 0.01, qPrintable(QString::number(share)));
}

void TestLoad::aRampCrowdsTheEnd()
{
    const auto all = allOf(
        planOf(R"("ratePerSecond": 100, "profile": {"kind": "ramp", "from": 0, "seconds": 10})"));
    QCOMPARE(all.size(), std::size_t(500));
    const auto half = std::count_if(all.begin(), all.end(),
                                    [](const Due& due) { return due.micros < 5'000'000; });
    QCOMPARE(half, 125); // a quarter of the area
}

void TestLoad::aPauseHoldsNoArrival()
{
    const auto all = allOf(planOf(
        R"("ratePerSecond": 100, "profile": {"kind": "steps", "levels": [50, 0], "seconds": 2})"));
    QCOMPARE(all.size(), std::size_t(100 + 600));
    for (const Due& due : all)
        QVERIFY(due.micros < 2'000'000 || due.micros >= 4'000'000);
}

void TestLoad::aScheduleEndsByNumberToo()
{
    const Plan plan = planOf(R"("ratePerSecond": 10)", R"({"operations": 7})");
    const auto all = allOf(plan);
    QCOMPARE(all.size(), std::size_t(7));
    QCOMPARE(all.back().micros, 600'000);
}

void TestLoad::aScheduleHoldsNoMoreThanARunMay()
{
    Scenario scenario = planOf(R"("ratePerSecond": 1000000)").scenario();
    scenario.seconds = 3'600; // as the window sets it, past the parser
    Schedule schedule(Plan(scenario, QStringLiteral("r")));
    qint64 taken = 0;
    while (schedule.take())
        ++taken;
    QCOMPARE(taken, 10'000'000);
}

void TestLoad::theBacklogIsWhatIsDueAndNotTaken()
{
    for (const QByteArray arrivals : {"constant", "poisson"}) {
        const Plan plan = planOf(R"("ratePerSecond": 100, "arrivals": ")" + arrivals + '"');
        const auto all = allOf(plan);
        Schedule schedule(plan);
        const auto dueBy = [&all](qint64 micros) {
            return qint64(std::count_if(all.begin(), all.end(),
                                        [micros](const Due& due) { return due.micros <= micros; }));
        };
        QCOMPARE(schedule.backlog(1'000'000), dueBy(1'000'000));
        for (int taken = 0; taken < 30; ++taken)
            QCOMPARE(schedule.take()->ordinal, qint64(taken)); // looked at, and still in order
        QCOMPARE(schedule.backlog(2'000'000), dueBy(2'000'000) - 30);
        QVERIFY(!schedule.isOver(2'000'000));
        QCOMPARE(schedule.backlog(60'000'000), qint64(all.size()) - 30);
        QVERIFY(schedule.isOver(60'000'000));
        QVERIFY(!schedule.isOver(all.back().micros - 1));
    }
}

void TestLoad::aTurnLastsUntilTheClientIsDueAgain()
{
    const Plan plan = planOf(R"("ratePerSecond": 100, "clients": 5,
        "profile": {"kind": "spike", "at": 2, "level": 1000000, "seconds": 1})");
    const Schedule schedule(plan);
    QCOMPARE(schedule.turnMicros(0), 50'000);
    QCOMPARE(schedule.turnMicros(2'500'000), 1'000); // timers are not exact enough for 5 µs
}

QTEST_APPLESS_MAIN(TestLoad)
#include "tst_load.moc"
