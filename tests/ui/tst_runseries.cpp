// SPDX-License-Identifier: GPL-3.0-or-later
//! Curves, axes and timelines are what the snapshot says, however little or much it holds.
#include "tests/ui/sampleruns.h"
#include "ui/report/runseries.h"
#include "ui/report/timelinelayout.h"

#include <QtTest/QtTest>

using namespace tallystick;

class tst_RunSeries final : public QObject
{
    Q_OBJECT

private slots:
    void roundsLinearAxes_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<int>("ticks");
        QTest::newRow("zero to nine") << 0.0 << 9.0 << 0.0 << 10.0 << 3;
        QTest::newRow("exactly round") << 0.0 << 20.0 << 0.0 << 20.0 << 5;
        QTest::newRow("below zero") << -30.0 << 70.0 << -50.0 << 100.0 << 4;
        QTest::newRow("no length") << 5.0 << 5.0 << 5.0 << 6.0 << 3;
        QTest::newRow("reversed") << 9.0 << 0.0 << 0.0 << 10.0 << 3;
        QTest::newRow("tiny") << 0.0 << 0.003 << 0.0 << 0.003 << 4;
        QTest::newRow("int4 range") << -2147483648.0 << 2147483647.0 << -4e9 << 4e9 << 5;
    }

    void roundsLinearAxes()
    {
        QFETCH(double, low);
        QFETCH(double, high);
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(int, ticks);
        const Axis axis = linearAxis(low, high, 4);
        QVERIFY2(qAbs(axis.from - from) <= 1e-9 * qMax(1.0, qAbs(from)),
                 qPrintable(QString::number(axis.from)));
        QVERIFY2(qAbs(axis.to - to) <= 1e-9 * qMax(1.0, qAbs(to)),
                 qPrintable(QString::number(axis.to)));
        QCOMPARE(axis.ticks.size(), ticks);
        QVERIFY(axis.to > axis.from);
    }

    void survivesNumbersThatAreNone()
    {
        for (const double bad : {qInf(), -qInf(), qQNaN()}) {
            const Axis axis = linearAxis(0, bad, 4);
            QVERIFY(axis.to > axis.from);
            QVERIFY(axis.ticks.size() < 20);
        }
    }

    void keepsLogarithmicAxesAboveZero()
    {
        for (const double low : {0.0, -5.0, 0.001, 0.5, 10.0}) {
            const Axis axis = logAxis(low, low, leastMilliseconds);
            QVERIFY(axis.from > 0);
            QVERIFY(axis.to > axis.from);
        }
        const Axis axis = logAxis(0.8, 320, leastMilliseconds);
        QCOMPARE(axis.ticks, (QList<double>{0.1, 1, 10, 100, 1000}));
        QCOMPARE(shareOf(10, axis, Scale::Logarithmic), 0.5);
    }

    void writesTicksShort()
    {
        QCOMPARE(tickText(0), QStringLiteral("0"));
        QCOMPARE(tickText(0.1 + 0.2), QStringLiteral("0.3"));
        QCOMPARE(tickText(5000), QStringLiteral("5000"));
        QCOMPARE(tickText(15000), QStringLiteral("15k"));
        QCOMPARE(tickText(-2.5e6), QStringLiteral("\u22122.5M"));
        QCOMPARE(axisText(-2000, Measure::Credits), QStringLiteral("\u2212$20"));
        QCOMPARE(axisText(1000, Measure::Milliseconds), QStringLiteral("1 s"));
    }

    void isEmptyBeforeTheFirstBucket()
    {
        for (const CurveChart& chart : runCharts({})) {
            QVERIFY2(chart.isEmpty(), qPrintable(chart.title));
            QVERIFY(!chart.emptySentence.isEmpty());
            const Axis axis = valueAxis(chart);
            QVERIFY(axis.to > axis.from);
        }
        QCOMPARE(timeAxis({}).to, 1.0);
    }

    void showsWhatOnlySomeRunsHave()
    {
        const auto titles = [](const LiveSnapshot& snapshot) {
            QStringList list;
            for (const CurveChart& chart : runCharts(snapshot))
                list << chart.title;
            return list;
        };
        LiveSnapshot snapshot = samples::longSnapshot(3);
        const QStringList always = titles(snapshot);
        QCOMPARE(always.size(), 4);
        for (SeriesPoint& point : snapshot.series) {
            point.backlog = 7;
            point.lag = {.count = 10, .p50 = 2'000, .p95 = 3'000, .p99 = 4'000, .max = 5'000};
        }
        snapshot.lag = snapshot.series.last().lag; // of open runs only
        QCOMPARE(titles(snapshot).size(), 6);
        QCOMPARE(lagChart(snapshot).curves[0].points[0], QPointF(0.5, 2));
        QCOMPARE(lagChart(snapshot).curves[2].points[1], QPointF(1.5, 5));
        QCOMPARE(backlogChart(snapshot).curves[0].points[2], QPointF(2.5, 7));
        QCOMPARE(valueText(1'234, Measure::Operations), QStringLiteral("1,234"));
        snapshot.series[1].lockWait = {.count = 1, .p95 = 900};
        snapshot.series[1].work = {.count = 1, .p95 = 300};
        snapshot.series[1].rest = {.count = 1, .p95 = 1'500};
        QCOMPARE(titles(snapshot).size(), 7);
        const CurveChart anatomy = anatomyChart(snapshot);
        for (const auto& [curve, millis] :
             {std::pair(0, 0.9), std::pair(1, 0.3), std::pair(2, 1.5)})
            QCOMPARE(anatomy.curves[curve].points, QList<QPointF>{QPointF(1.5, millis)});
        for (const QString& title : always)
            QVERIFY(titles(snapshot).contains(title));
    }

    void countsPerSecond()
    {
        LiveSnapshot snapshot = samples::longSnapshot(3);
        snapshot.series[0].bucketSeconds = 2;
        snapshot.series[0].ok = 500;
        const CurveChart chart = throughputChart(snapshot);
        QCOMPARE(chart.curves[0].points[0], QPointF(1, 250));
        QCOMPARE(chart.curves[0].points.size(), 3);
    }

    void doesNotDipWhileABucketFills()
    {
        LiveSnapshot snapshot = samples::longSnapshot(5);
        snapshot.elapsedSeconds = 4.5; // the fifth second is half over and half as full
        snapshot.series.last().ok = 700;
        QCOMPARE(throughputChart(snapshot).curves[0].points.last(), QPointF(4.25, 1400));
        snapshot.elapsedSeconds = 4.01; // a sliver says nothing yet
        snapshot.series.last().ok = 14;
        QCOMPARE(throughputChart(snapshot).curves[0].points.last().y(), 70.0);
        // A run of 13 ms is drawn over 13 ms, not over its bucket's whole second.
        const LiveSnapshot small = samples::smallSnapshot();
        QCOMPARE(timeAxis(small).to, 0.013);
        QVERIFY(qAbs(throughputChart(small).curves[0].points.first().y() - 10 / 0.013) < 1e-6);
    }

    void endsAFinishedRunWithItsLastWholeBucket()
    {
        LiveSnapshot snapshot = samples::longSnapshot(5);
        snapshot.elapsedSeconds = 4.2;
        QCOMPARE(throughputChart(snapshot).curves[0].points.size(), 5);
        snapshot.phase = LiveSnapshot::Phase::Finished;
        QCOMPARE(throughputChart(snapshot).curves[0].points.size(), 4);
        QCOMPARE(timeAxis(snapshot).to, 4.2);
        snapshot.elapsedSeconds = 5;
        QCOMPARE(throughputChart(snapshot).curves[0].points.size(), 5);
        QCOMPARE(throughputChart(samples::smallSnapshot()).curves[0].points.size(), 1);
    }

    void leavesSilentBucketsOutOfResponseTimes()
    {
        LiveSnapshot snapshot = samples::longSnapshot(10);
        snapshot.series[4].response = {};
        const CurveChart chart = responseChart(snapshot);
        QCOMPARE(chart.curves[0].points.size(), 9);
        snapshot.series[5].response.p50 = 0;
        for (const Curve& curve : responseChart(snapshot).curves)
            for (const QPointF& point : curve.points)
                QVERIFY(point.y() > 0);
    }

    void drawsARunThatOnlyRefuses()
    {
        LiveSnapshot snapshot = samples::longSnapshot(20);
        for (SeriesPoint& point : snapshot.series) {
            point.refused += point.ok;
            point.ok = 0;
        }
        const CurveChart chart = throughputChart(snapshot);
        QVERIFY(!chart.isEmpty());
        QCOMPARE(chart.curves[0].newest, QStringLiteral("0/s"));
        QVERIFY(valueAxis(chart).to >= 1500);
    }

    void boundsTheBalanceCurveAndKeepsItsExtremes()
    {
        LiveSnapshot snapshot;
        BalanceTrack track{
            .user = samples::user(QStringLiteral("u")), .operations = 0, .points = {}};
        for (int i = 0; i < 100'000; ++i)
            track.points.append({i / 1000.0, Credits::of(i == 54'321 ? -7 : 1000 + i % 3)});
        snapshot.hottest = {track};
        const CurveChart chart = balanceChart(snapshot);
        const QList<QPointF>& points = chart.curves[0].points;
        QVERIFY(points.size() <= maxCurvePoints + 4);
        QVERIFY(std::any_of(points.begin(), points.end(),
                            [](const QPointF& point) { return point.y() == -7; }));
        QCOMPARE(points.last().y(), double(1000 + 99'999 % 3));
        for (qsizetype i = 1; i < points.size(); ++i)
            QVERIFY(points[i].x() >= points[i - 1].x());
    }

    void readsTheValueAtAnInstant()
    {
        const Curve curve{.name = {}, .ink = Ink::Blue, .points = {{1, 10}, {2, 20}}, .newest = {}};
        QVERIFY(!valueAt(curve, 0.5));
        QCOMPARE(valueAt(curve, 1).value(), 10.0);
        QCOMPARE(valueAt(curve, 1.9).value(), 10.0);
        QCOMPARE(valueAt(curve, 99).value(), 20.0);
        QVERIFY(!valueAt({}, 1));
    }

    void laysStretchesWithoutGapsOrOverhang()
    {
        TimelineEntry entry = samples::smallSnapshot().timeline[3];
        const auto check = [](const TimelineEntry& each) {
            const QList<Stretch> stretches = stretchesOf(each, 0);
            QCOMPARE(stretches.first().fromMicros, each.sentMicros);
            QCOMPARE(stretches.last().untilMicros, each.endMicros);
            for (qsizetype i = 1; i < stretches.size(); ++i)
                QCOMPARE(stretches[i].fromMicros, stretches[i - 1].untilMicros);
        };
        check(entry);
        QCOMPARE(stretchesOf(entry, 0).size(), 3);
        entry.anatomy.lockWaitMicros = 10'000'000; // another clock's opinion
        check(entry);
        entry.anatomy = {};
        check(entry);
        QCOMPARE(stretchesOf(entry, 0).first().kind, Stretch::Kind::Whole);
        entry.finished = false;
        QCOMPARE(stretchesOf(entry, entry.sentMicros + 5).first().kind, Stretch::Kind::Open);
        QCOMPARE(stretchesOf(entry, entry.sentMicros + 5).first().untilMicros,
                 entry.sentMicros + 5);
    }

    void countsOverlaps()
    {
        QList<TimelineEntry> timeline = samples::smallSnapshot(3).timeline;
        QCOMPARE(overlapsOf(timeline, 0), 2);
        timeline[2].sentMicros = timeline[1].endMicros + 1;
        timeline[2].endMicros = timeline[2].sentMicros + 10;
        QCOMPARE(overlapsOf(timeline, 2), 0);
        QCOMPARE(overlapsOf(timeline, 1), 1);
        timeline[1].finished = false; // still under way: it overlaps all that came later
        QCOMPARE(overlapsOf(timeline, 2), 1);
    }

    void ordersLanesByWorker()
    {
        QList<TimelineEntry> timeline = samples::smallSnapshot(4).timeline;
        timeline[0].worker = 7;
        timeline[3].worker = 1;
        const TimelineLayout layout = layoutOf(timeline);
        QCOMPARE(layout.lanes.size(), 3);
        QCOMPARE(layout.lanes[0].worker, 1);
        QCOMPARE(layout.lanes[0].entries, (QList<int>{1, 3}));
        QCOMPARE(layout.lanes[2].worker, 7);
        QCOMPARE(layout.untilMicros, timeline[3].endMicros);
    }
};

QTEST_GUILESS_MAIN(tst_RunSeries)
#include "tst_runseries.moc"
