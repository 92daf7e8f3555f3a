// SPDX-License-Identifier: GPL-3.0-or-later
//! QtCharts draws the curves; grid, axis texts and cross-hair are painted here, where every pixel
//! of them can be decided.
#include "ui/stress/chartview.h"

#include "ui/shared/theme.h"
#include "ui/stress/legendline.h"

#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QValueAxis>
#include <QtCore/QEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int lowestPlot = 66;
constexpr int plotTop = 6;
constexpr int bareBottom = 6;      ///< below a plot whose seconds another chart names
constexpr int labelledBottom = 22; ///< below the lowest
constexpr qreal curveWidth = 1.6;
constexpr float gridAlpha = 0.08F;

} // namespace

class ChartView::Plot final : public QChartView
{
public:
    explicit Plot(ChartView* owner);
    void set(const CurveChart& curves, const Axis& time);
    void setCrossHair(std::optional<double> seconds);
    void setTimeLabelled(bool isLabelled);
    void takeColors();

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override { event->ignore(); }
    void wheelEvent(QWheelEvent* event) override { event->ignore(); } // the page may scroll
    void leaveEvent(QEvent* event) override;

private:
    void matchSeries();
    void useScale(Scale scale);
    void layOut();
    [[nodiscard]] qreal xOf(double seconds) const;
    [[nodiscard]] qreal yOf(double value) const;

    ChartView* m_owner;
    CurveChart m_data;
    Axis m_time;
    Axis m_value;
    QRectF m_area;
    std::optional<double> m_crossHair;
    bool m_isTimeLabelled = false;
    QList<QLineSeries*> m_lines;
    QValueAxis* m_timeAxis;
    QAbstractAxis* m_valueAxis = nullptr;
};

ChartView::Plot::Plot(ChartView* owner)
    : QChartView(owner)
    , m_owner(owner)
    , m_timeAxis(new QValueAxis(this))
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // the stack moves the cross-hair by key for all charts at once
    setRenderHint(QPainter::Antialiasing);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QChart* drawn = chart();
    drawn->setBackgroundVisible(false);
    drawn->legend()->hide();
    drawn->setMargins(QMargins());
    drawn->setAnimationOptions(QChart::NoAnimation);
    m_timeAxis->setVisible(false);
    drawn->addAxis(m_timeAxis, Qt::AlignBottom);
    useScale(Scale::Linear);
}

void ChartView::Plot::useScale(Scale scale)
{
    const bool isLogarithmic = qobject_cast<QLogValueAxis*>(m_valueAxis);
    if (m_valueAxis && isLogarithmic == (scale == Scale::Logarithmic))
        return;
    if (m_valueAxis)
        chart()->removeAxis(m_valueAxis);
    delete m_valueAxis;
    if (scale == Scale::Logarithmic)
        m_valueAxis = new QLogValueAxis(this);
    else
        m_valueAxis = new QValueAxis(this);
    m_valueAxis->setVisible(false);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    for (QLineSeries* series : std::as_const(m_lines))
        series->attachAxis(m_valueAxis);
}

void ChartView::Plot::matchSeries()
{
    while (m_lines.size() > m_data.curves.size()) {
        QLineSeries* surplus = m_lines.takeLast();
        chart()->removeSeries(surplus);
        delete surplus;
    }
    while (m_lines.size() < m_data.curves.size()) {
        auto* series = new QLineSeries(this);
        chart()->addSeries(series);
        series->attachAxis(m_timeAxis);
        series->attachAxis(m_valueAxis);
        m_lines.append(series);
    }
}

void ChartView::Plot::set(const CurveChart& curves, const Axis& time)
{
    m_data = curves;
    m_time = time;
    m_value = valueAxis(curves);
    useScale(curves.scale);
    matchSeries();
    m_timeAxis->setRange(time.from, time.to);
    m_valueAxis->setRange(m_value.from, m_value.to);
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const QList<QPointF>& points = curves.curves[i].points;
        m_lines[i]->replace(points);
        m_lines[i]->setPointsVisible(points.size() == 1); // one point makes no line
    }
    takeColors();
    layOut();
}

void ChartView::Plot::takeColors()
{
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        QPen pen(inkColor(m_data.curves[i].ink, m_owner->palette()), curveWidth);
        pen.setJoinStyle(Qt::RoundJoin);
        m_lines[i]->setPen(pen);
        m_lines[i]->setMarkerSize(5);
    }
    viewport()->update();
}

void ChartView::Plot::setCrossHair(std::optional<double> seconds)
{
    m_crossHair = seconds;
    viewport()->update();
}

void ChartView::Plot::setTimeLabelled(bool isLabelled)
{
    m_isTimeLabelled = isLabelled;
    layOut();
}

void ChartView::Plot::layOut()
{
    const int bottom = m_isTimeLabelled ? labelledBottom : bareBottom;
    m_area = QRectF(plotLeft, plotTop, std::max(10, width() - plotLeft - plotRight),
                    std::max(10, height() - plotTop - bottom));
    chart()->setPlotArea(m_area);
    viewport()->update();
}

qreal ChartView::Plot::xOf(double seconds) const
{
    return m_area.left() + shareOf(seconds, m_time, Scale::Linear) * m_area.width();
}

qreal ChartView::Plot::yOf(double value) const
{
    return m_area.bottom() - shareOf(value, m_value, m_data.scale) * m_area.height();
}

void ChartView::Plot::drawBackground(QPainter* painter, const QRectF&)
{
    QColor grid = theme::color(theme::Role::Text, palette());
    grid.setAlphaF(gridAlpha);
    const QColor words = theme::color(theme::Role::Secondary, palette());
    painter->setFont(theme::font(theme::Type::Caption));
    const int lineHeight = painter->fontMetrics().height();
    qreal lowestLabel = m_area.bottom() + 2 * lineHeight;
    for (const double tick : m_value.ticks) {
        const qreal y = std::round(yOf(tick)) + 0.5;
        painter->setPen(QPen(grid, 1));
        painter->drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
        if (lowestLabel - y < lineHeight) // a low chart has no room for every tick's number
            continue;
        lowestLabel = y;
        painter->setPen(words);
        painter->drawText(QRectF(0, y - lineHeight / 2.0, m_area.left() - theme::gap, lineHeight),
                          Qt::AlignRight | Qt::AlignVCenter, axisText(tick, m_data.measure));
    }
    for (const double tick : m_time.ticks) {
        const qreal x = std::round(xOf(tick)) + 0.5;
        painter->setPen(QPen(grid, 1));
        painter->drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
        if (!m_isTimeLabelled)
            continue;
        painter->setPen(words);
        const QString label = ChartView::tr("%1 s").arg(tickText(tick));
        const int labelWidth = painter->fontMetrics().horizontalAdvance(label);
        const qreal left = std::min(x - labelWidth / 2.0, width() - labelWidth - 2.0);
        painter->drawText(QPointF(left, m_area.bottom() + lineHeight + 1), label);
    }
    if (m_data.isEmpty()) {
        painter->setPen(words);
        painter->setFont(theme::font(theme::Type::Body));
        painter->drawText(m_area, Qt::AlignCenter | Qt::TextWordWrap, m_data.emptySentence);
    }
}

void ChartView::Plot::drawForeground(QPainter* painter, const QRectF&)
{
    if (!m_crossHair || m_data.isEmpty())
        return;
    QColor line = theme::color(theme::Role::Text, palette());
    line.setAlphaF(0.45F);
    const qreal x = std::round(xOf(*m_crossHair)) + 0.5;
    painter->setPen(QPen(line, 1));
    painter->drawLine(QPointF(x, m_area.top()), QPointF(x, m_area.bottom()));
    for (const Curve& curve : m_data.curves) {
        if (const std::optional<double> value = valueAt(curve, *m_crossHair)) {
            painter->setPen(QPen(theme::color(theme::Role::Surface, palette()), 1.5));
            painter->setBrush(inkColor(curve.ink, palette()));
            painter->drawEllipse(QPointF(x, yOf(*value)), 3.5, 3.5);
        }
    }
}

void ChartView::Plot::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    layOut();
}

void ChartView::Plot::mouseMoveEvent(QMouseEvent* event)
{
    const qreal x = event->position().x();
    if (x < m_area.left() || x > m_area.right()) {
        emit m_owner->hovered(std::nullopt);
        return;
    }
    emit m_owner->hovered(m_time.from +
                          (x - m_area.left()) / m_area.width() * (m_time.to - m_time.from));
}

void ChartView::Plot::leaveEvent(QEvent*)
{
    emit m_owner->hovered(std::nullopt);
}

ChartView::ChartView(QWidget* parent)
    : QWidget(parent)
    , m_legend(new LegendLine(this))
    , m_plot(new Plot(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    m_legend->setContentsMargins(plotLeft, 0, plotRight, 0);
    m_plot->setMinimumHeight(lowestPlot);
}

ChartView::~ChartView() = default;

void ChartView::setChart(const CurveChart& chart, const Axis& time)
{
    m_chart = chart;
    m_legend->setTitle(chart.title);
    m_plot->set(chart, time);
    fillLegend();
}

void ChartView::setCrossHair(std::optional<double> seconds)
{
    m_crossHair = seconds;
    m_plot->setCrossHair(seconds);
    fillLegend();
}

void ChartView::setTimeLabelled(bool isLabelled)
{
    m_plot->setTimeLabelled(isLabelled);
}

void ChartView::fillLegend()
{
    QList<LegendEntry> entries;
    for (const Curve& curve : m_chart.curves) {
        QString value = curve.newest;
        if (m_crossHair) {
            const std::optional<double> there = valueAt(curve, *m_crossHair);
            value = there ? valueText(*there, m_chart.measure) : QStringLiteral("–");
        }
        entries.append({.name = curve.name, .value = value, .ink = curve.ink});
    }
    m_legend->setEntries(entries);
    setAccessibleDescription(text());
}

QString ChartView::text() const
{
    return m_chart.isEmpty() ? m_chart.emptySentence
                             : m_chart.title + QStringLiteral(": ") + m_legend->text();
}

void ChartView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        m_plot->takeColors();
    QWidget::changeEvent(event);
}

} // namespace tallystick
