// SPDX-License-Identifier: GPL-3.0-or-later
//! Percentiles within a thousandth of the exact ones, whatever is recorded and merged.
#include "ledger/stress/histogram.h"
#include "ledger/stress/timeseries.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace tallystick;

namespace {

qint64 exactQuantile(std::vector<qint64> values, double quantile)
{
    std::sort(values.begin(), values.end());
    const auto rank = std::size_t(std::ceil(quantile * double(values.size()) - 1e-9));
    return values[std::max<std::size_t>(rank, 1) - 1];
}

std::vector<qint64> sampleOf(quint32 seed, int count)
{
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> latencies(7.0 + seed % 5, 1.5);
    std::vector<qint64> values;
    for (int index = 0; index < count; ++index)
        values.push_back(std::min(qint64(latencies(random)), buckets::largestValue));
    return values;
}

} // namespace

class TestHistogram final : public QObject
{
    Q_OBJECT
private slots:
    void bucketsAreAThousandthWideAtMost();
    void percentilesAgreeWithSortedValues();
    void mergingIsExact();
    void valuesBeyondTheRangeAreKeptAtItsEnds();
    void anEmptyHistogramHasNoPercentiles();
    void aFewValuesSayNothingOfP999();
    void aFullSeriesDoublesItsBucketsAndLosesNothing();
};

void TestHistogram::bucketsAreAThousandthWideAtMost()
{
    int previous = -1;
    for (qint64 value = 0; value <= buckets::largestValue; value += 1 + value / 5'000) {
        const int index = buckets::indexOf(value);
        QVERIFY(index >= previous && index < buckets::count);
        QVERIFY(buckets::highestOf(index) >= value);
        QVERIFY(double(buckets::highestOf(index) - value) <= double(value) * 0.001);
        QCOMPARE(buckets::indexOf(buckets::highestOf(index)), index);
        QVERIFY(index == 0 || buckets::highestOf(index - 1) < value);
        previous = index;
    }
    QCOMPARE(buckets::indexOf(buckets::largestValue), buckets::count - 1);
}

void TestHistogram::percentilesAgreeWithSortedValues()
{
    for (quint32 seed = 1; seed <= 40; ++seed) {
        const std::vector<qint64> values = sampleOf(seed, 10 + int(seed) * 251);
        Histogram histogram;
        SparseHistogram sparse;
        for (const qint64 value : values) {
            histogram.record(value);
            sparse.record(value);
        }
        for (const double quantile : {0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
            const qint64 exact = exactQuantile(values, quantile);
            const qint64 found = histogram.percentile(quantile);
            QVERIFY2(found >= exact && double(found - exact) <= double(exact) * 0.001,
                     qPrintable(QStringLiteral("seed %1 quantile %2: %3, exactly %4")
                                    .arg(seed)
                                    .arg(quantile)
                                    .arg(found)
                                    .arg(exact)));
        }
        const Percentiles dense = histogram.percentiles();
        const Percentiles thin = sparse.percentiles();
        QCOMPARE(dense.p50, histogram.percentile(0.5));
        QCOMPARE(dense.p99, histogram.percentile(0.99));
        QCOMPARE(dense.max, *std::max_element(values.begin(), values.end()));
        QCOMPARE(dense.count, qint64(values.size()));
        QVERIFY(dense.p50 == thin.p50 && dense.p95 == thin.p95 && dense.p99 == thin.p99 &&
                dense.p999 == thin.p999 && dense.max == thin.max && dense.count == thin.count);
    }
}

void TestHistogram::mergingIsExact()
{
    Histogram whole, merged;
    SparseHistogram thinMerged;
    for (quint32 part = 1; part <= 7; ++part) {
        Histogram histogram;
        SparseHistogram thin;
        for (const qint64 value : sampleOf(part, 500)) {
            histogram.record(value);
            thin.record(value);
            whole.record(value);
        }
        merged.add(histogram);
        thinMerged.add(thin);
    }
    for (double quantile = 0; quantile <= 1; quantile += 0.01)
        QCOMPARE(merged.percentile(quantile), whole.percentile(quantile));
    QCOMPARE(thinMerged.percentiles().p95, whole.percentile(0.95));
    QCOMPARE(thinMerged.percentiles().count, whole.count());
    QCOMPARE(merged.max(), whole.max());
}

void TestHistogram::valuesBeyondTheRangeAreKeptAtItsEnds()
{
    Histogram histogram;
    histogram.record(-5);
    histogram.record(buckets::largestValue * 10);
    QCOMPARE(histogram.percentile(0.5), 0);
    QCOMPARE(histogram.percentile(1.0), buckets::largestValue);
    QCOMPARE(histogram.max(), buckets::largestValue * 10);
}

void TestHistogram::anEmptyHistogramHasNoPercentiles()
{
    QCOMPARE(Histogram().percentile(0.99), 0);
    QCOMPARE(SparseHistogram().percentiles().count, 0);
}

void TestHistogram::aFewValuesSayNothingOfP999()
{
    Histogram histogram;
    for (int value = 1; value <= 999; ++value)
        histogram.record(value);
    QCOMPARE(histogram.percentiles().p999, 0);
    histogram.record(1'000);
    QCOMPARE(histogram.percentiles().p999, 999);
}

void TestHistogram::aFullSeriesDoublesItsBucketsAndLosesNothing()
{
    TimeSeries series(0.1);
    Histogram all;
    for (int index = 0; index < 20'000; ++index) {
        const qint64 latency = 100 + index % 700;
        const qint64 end = qint64(index) * 10'000; // 200 s: more than 600 tenths
        const auto outcome = index % 4 == 0   ? OperationOutcome::Refused
                             : index % 4 == 1 ? OperationOutcome::Failed
                             : index % 4 == 2 ? OperationOutcome::Unknown
                                              : OperationOutcome::Ok;
        series.add(LaneSample{.record = {.intendedMicros = end - latency,
                                         .sentMicros = end - latency,
                                         .endMicros = end,
                                         .outcome = outcome},
                              .anatomy = {.lockWaitMicros = 5}});
        all.record(latency);
    }
    QList<SeriesPoint> points;
    series.refresh(points);
    QVERIFY(points.size() <= TimeSeries::maxPoints);
    QCOMPARE(points.first().bucketSeconds, 0.4);
    SeriesPoint sum;
    qint64 recorded = 0;
    for (qsizetype index = 0; index < points.size(); ++index) {
        QCOMPARE(points[index].atSeconds, double(index) * 0.4);
        QVERIFY(points[index].response.p50 <= points[index].response.max);
        sum.ok += points[index].ok;
        sum.refused += points[index].refused;
        sum.failed += points[index].failed;
        sum.unknown += points[index].unknown;
        recorded += points[index].response.count;
    }
    for (const qint64 outcome : {sum.ok, sum.refused, sum.failed, sum.unknown})
        QCOMPARE(outcome, 5'000);
    QCOMPARE(recorded, all.count());
}

QTEST_APPLESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
