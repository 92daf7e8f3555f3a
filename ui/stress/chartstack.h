// SPDX-License-Identifier: GPL-3.0-or-later
//! The charts of a run, one above the other on one time axis.
#pragma once
#include "ui/report/runseries.h"

#include <QtWidgets/QWidget>

class QVBoxLayout;

namespace tallystick {

class ChartView;
class Label;

/// Left and Right move the cross-hair, Home and End to the ends; hovering moves it too.
class ChartStack final : public QWidget
{
    Q_OBJECT
public:
    explicit ChartStack(QWidget* parent = nullptr);
    void setSnapshot(const LiveSnapshot& snapshot);
    /// As many as the run has charts, from the top; others are hidden.
    [[nodiscard]] const QList<ChartView*>& charts() const { return m_charts; }
    /// "at 3.4 s" while a cross-hair stands.
    [[nodiscard]] QString readOut() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setCrossHair(std::optional<double> seconds);
    void addView();
    QVBoxLayout* m_column;
    QList<ChartView*> m_charts;
    Label* m_readOut;
    Axis m_time;
    double m_step = 1; ///< seconds a key moves the cross-hair: a bucket
    std::optional<double> m_crossHair;
};

} // namespace tallystick
