//! `DISTINCT` in an aggregate, such as `count(DISTINCT x)`: an adapter around any accumulator.

use crate::{
    base::Fault,
    exec::seen::Seen,
    function::{GroupedAccumulator, Meter},
    value::Column,
};

/// Passes the first row with each combination of group and arguments on to another accumulator.
pub(crate) struct DistinctAggregate {
    inner: Box<dyn GroupedAccumulator>,
    seen: Seen,
    /// True if there is only one group, which then is no part of the key.
    single: bool,
    /// The first rows so far, if the states are a part that is merged with others; they are not passed on then.
    kept: Option<Vec<(Vec<u32>, Vec<Column>)>>,
}

impl DistinctAggregate {
    pub(crate) fn new(inner: Box<dyn GroupedAccumulator>, single: bool) -> Self {
        Self {
            inner,
            seen: Seen::default(),
            single,
            kept: None,
        }
    }

    /// States that are merged with others.
    pub(crate) fn partial(inner: Box<dyn GroupedAccumulator>, single: bool) -> Self {
        Self {
            kept: Some(Vec::new()),
            ..Self::new(inner, single)
        }
    }

    /// The rows with new keys, and the bytes that the keys add.
    fn fresh(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        meter: &dyn Meter,
    ) -> Result<(Vec<u32>, u64), Fault> {
        let group = groups.iter().map(|group| i64::from(*group)).collect();
        let group = (!self.single).then(|| Column::integers(group));
        let keys: Vec<_> = group.iter().chain(arguments).collect();
        self.seen.fresh(&keys, groups.len(), meter)
    }
}

impl GroupedAccumulator for DistinctAggregate {
    fn resize(&mut self, groups: usize) {
        self.inner.resize(groups);
    }

    fn update(
        &mut self,
        groups: &[u32],
        arguments: &[Column],
        _multiplicities: Option<&[u64]>,
        meter: &dyn Meter,
    ) -> Result<u64, Fault> {
        let (fresh, mut seen) = self.fresh(groups, arguments, meter)?;
        if fresh.is_empty() {
            return Ok(seen);
        }
        let groups: Vec<u32> = fresh.iter().map(|row| groups[*row as usize]).collect();
        let arguments: Vec<_> = (arguments.iter())
            .map(|column| column.gather(&fresh))
            .collect();
        let bytes = arguments.iter().map(|column| column.bytes(fresh.len()));
        seen += bytes.sum::<u64>();
        if let Some(kept) = &mut self.kept {
            kept.push((groups, arguments));
            return Ok(seen);
        }
        Ok(seen + self.inner.update(&groups, &arguments, None, meter)?)
    }

    fn merge(
        &mut self,
        other: Box<dyn GroupedAccumulator>,
        groups: &[u32],
        meter: &dyn Meter,
    ) -> Result<u64, Fault> {
        let mut bytes = 0;
        for (others, arguments) in other.known::<Self>().kept.into_iter().flatten() {
            let own: Vec<_> = others.iter().map(|group| groups[*group as usize]).collect();
            bytes += self.update(&own, &arguments, None, meter)?;
        }
        Ok(bytes)
    }

    fn finish(&mut self, meter: &dyn Meter) -> Result<Column, Fault> {
        self.inner.finish(meter)
    }

    fn bytes_per_group(&self) -> u64 {
        self.inner.bytes_per_group()
    }
}
