// SPDX-License-Identifier: GPL-3.0-or-later
//! A chart of curves over time: the one place that knows which library draws them.
#pragma once
#include "ui/report/runseries.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace tallystick {

class LegendLine;

/// Left and right edges of every plot on the page, so that all time axes stand in line.
inline constexpr int plotLeft = 56;
inline constexpr int plotRight = 12;

class ChartView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);
    ~ChartView() override;

    /// One exchange of all points; meant for every frame of a live run.
    void setChart(const CurveChart& chart, const Axis& time);
    /// A vertical line; the legend then tells the values there in place of the newest.
    void setCrossHair(std::optional<double> seconds);
    /// Only the lowest chart of a stack names the seconds.
    void setTimeLabelled(bool isLabelled);
    /// "Throughput: ok 120/s, refused 3/s", or the sentence for an empty chart.
    [[nodiscard]] QString text() const;

signals:
    void hovered(std::optional<double> seconds);

protected:
    void changeEvent(QEvent* event) override;

private:
    class Plot;
    void fillLegend();
    CurveChart m_chart;
    std::optional<double> m_crossHair;
    LegendLine* m_legend;
    Plot* m_plot;
};

} // namespace tallystick
