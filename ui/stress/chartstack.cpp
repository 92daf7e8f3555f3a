// SPDX-License-Identifier: GPL-3.0-or-later
//! Hands every chart the same axis and the same cross-hair.
#include "ui/stress/chartstack.h"

#include "ui/shared/label.h"
#include "ui/stress/chartview.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

ChartStack::ChartStack(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_readOut(new Label(theme::Type::Caption, theme::Role::Secondary, {}, this))
{
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("stressCharts"));
    setAccessibleName(tr("Charts of the run"));
    m_column->setContentsMargins(0, theme::tight, 0, 0);
    m_column->setSpacing(theme::gap);
    m_column->addWidget(m_readOut, 0, Qt::AlignRight);
    m_readOut->setObjectName(QStringLiteral("stressReadOut"));
    setSnapshot({});
}

void ChartStack::setSnapshot(const LiveSnapshot& snapshot)
{
    m_time = timeAxis(snapshot);
    if (!snapshot.series.isEmpty() && snapshot.series.last().bucketSeconds > 0)
        m_step = snapshot.series.last().bucketSeconds;
    const QList<CurveChart> charts = runCharts(snapshot);
    while (m_charts.size() < charts.size())
        addView();
    for (qsizetype i = 0; i < m_charts.size(); ++i) {
        ChartView* const view = m_charts[i];
        const bool isUsed = i < charts.size();
        view->setVisible(isUsed);
        if (!isUsed)
            continue;
        view->setAccessibleName(charts[i].title);
        view->setTimeLabelled(i == charts.size() - 1);
        view->setChart(charts[i], m_time);
    }
    setCrossHair(m_crossHair);
}

void ChartStack::addView()
{
    auto* view = new ChartView(this);
    view->setObjectName(QStringLiteral("stressChart%1").arg(m_charts.size()));
    connect(view, &ChartView::hovered, this, &ChartStack::setCrossHair);
    m_column->insertWidget(int(m_charts.size()), view, 1);
    m_charts.append(view);
}

QString ChartStack::readOut() const
{
    return m_readOut->text();
}

void ChartStack::setCrossHair(std::optional<double> seconds)
{
    m_crossHair = seconds;
    if (m_crossHair)
        m_crossHair = std::clamp(*m_crossHair, m_time.from, m_time.to);
    for (ChartView* chart : std::as_const(m_charts))
        chart->setCrossHair(m_crossHair);
    m_readOut->setText(m_crossHair
                           ? tr("at %1 s").arg(*m_crossHair, 0, 'f', 2)
                           : tr("Values now; hover or use the arrow keys for earlier ones"));
}

void ChartStack::keyPressEvent(QKeyEvent* event)
{
    const double from = m_crossHair.value_or(m_time.to);
    switch (event->key()) {
    case Qt::Key_Left:
        setCrossHair(from - m_step);
        break;
    case Qt::Key_Right:
        setCrossHair(from + m_step);
        break;
    case Qt::Key_Home:
        setCrossHair(m_time.from);
        break;
    case Qt::Key_End:
        setCrossHair(m_time.to);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ChartStack::focusOutEvent(QFocusEvent* event)
{
    setCrossHair(std::nullopt);
    QWidget::focusOutEvent(event);
}

void ChartStack::paintEvent(QPaintEvent*)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(theme::color(theme::Role::Accent, palette()), 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace tallystick
